-- One row per term and month of lead supply and lead that became an SQL in it: what it counts.

with

supply_months as (

    select * from {{ ref('int_service__supply_months') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

tiers as (

    select * from {{ ref('fct_lead_scores') }}
    where rule_set = 'tier'

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

sqls as (

    select
        leads.lead_id,
        leads.product_line_id,
        leads.sql_at,
        {{ company_date('leads.sql_at') }} as sql_date,
        tiers.supply_points

    from leads
    inner join as_of
        on leads.sql_at <= as_of.observed_until
    left join tiers
        on leads.lead_id = tiers.lead_id

),

counted_sqls as (

    select
        supply_months.supply_id,
        supply_months.owed_quantity,
        sqls.lead_id,
        sqls.sql_at,
        case supply_months.measure when 'points' then sqls.supply_points else 1 end as quantity

    from supply_months
    inner join sqls
        on sqls.sql_date >= supply_months.month_start
        and sqls.sql_date < supply_months.month_end
        and (
            supply_months.product_line_id is null
            or sqls.product_line_id = supply_months.product_line_id
        )

),

supplied_leads as (

    select
        supply_id,
        lead_id,
        sql_at,
        cast(quantity as decimal(28, 2)) as quantity,
        sum(quantity) over (
            partition by supply_id
            order by sql_at, lead_id
            rows between unbounded preceding and current row
        ) >= owed_quantity as is_owed_reached

    from counted_sqls

)

select * from supplied_leads
