-- One row per term and month of lead supply: what marketing owed sales and delivered.

with

supply_months as (

    select * from {{ ref('int_service__supply_months') }}

),

tiers as (

    select * from {{ ref('fct_lead_scores') }}
    where rule_set = 'tier'

),

streams as (

    select * from {{ ref('dim_streams') }}
    where stream = 'lead_events'

),

sqls as (

    select
        leads.lead_id,
        leads.product_line_id,
        leads.sql_at,
        {{ company_date('leads.sql_at') }} as sql_date,
        tiers.supply_points

    from {{ ref('dim_leads') }} as leads
    inner join {{ ref('dim_as_of') }} as as_of
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

),

deliveries as (

    select
        supply_id,
        sum(quantity) as delivered_quantity,
        count(*) - count(quantity) as unknown_leads,
        min(case when is_owed_reached then sql_at end) as reached_at

    from supplied_leads
    group by supply_id

),

explained_months as (

    select
        supply_months.*,
        case when not streams.is_connected or deliveries.unknown_leads > 0 then null
            else coalesce(deliveries.delivered_quantity, 0)
        end as delivered_quantity,
        deliveries.reached_at,
        deliveries.unknown_leads,
        case
            when not streams.is_connected then 'not_connected'
            when deliveries.unknown_leads > 0 then 'no_points'
        end as reason_code

    from supply_months
    cross join streams
    left join deliveries
        on supply_months.supply_id = deliveries.supply_id

),

-- A month is judged when it is over, and what comes later counts for the next one.
lead_supply as (

    select
        supply_id,
        product_line_id,
        measure,
        cast(owed_quantity as decimal(28, 2)) as owed_quantity,
        cast(delivered_quantity as decimal(28, 2)) as delivered_quantity,
        month_start,
        {{ instant_of_company_time('month_start') }} as started_at,
        {{ instant_of_company_time('month_end') }} as due_at,
        case when delivered_quantity is not null then reached_at end as done_at,
        case
            when not is_over then 'pending'
            when delivered_quantity >= owed_quantity then 'met'
            when delivered_quantity < owed_quantity then 'breached'
        end as status,
        case when is_over then reason_code end as reason_code,
        unknown_leads

    from explained_months

)

select * from lead_supply
