-- One row per month and shared pool in force in it: what fills it, and how it is split.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

pools as (

    select * from {{ ref('pools') }}

),

pool_departments as (

    select * from {{ ref('pool_departments') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

pool_months as (

    select
        months.period_start,
        months.period_label,
        pools.pool_id,
        pools.pool_name,
        {{ validity_text('pools.valid_from', 'pools.valid_to') }} as pool_dates_text,
        {{ share_text('pools.pool_share') }} || ' of the '
        || lower(coalesce(catalogue.kpi_label, pools.kpi)) || ' of '
        || {{ rule_scope_text('pools') }} || ' above '
        || {{ pay_text('pools.threshold_amount', 'pools.currency_code') }} || ' in a '
        || pools.period_type as rule_text,
        case pools.period_type
            when 'quarter' then 'with the last month of the quarter'
            else 'every month'
        end as paid_text

    from months
    inner join pools
        on {{ in_force('pools', 'months.period_start') }}
    left join catalogue
        on pools.kpi = catalogue.kpi

),

splits as (

    select
        pool_months.pool_id,
        pool_months.period_start,
        {{ dbt.listagg(
            "pool_departments.department_id || ' ' || "
            ~ bound_text('pool_departments.share', "'attainment'", "''"),
            "', '",
            'order by pool_departments.department_id'
        ) }} as split_text

    from pool_months
    inner join pool_departments
        on pool_months.pool_id = pool_departments.pool_id
        and {{ in_force('pool_departments', 'pool_months.period_start') }}
    group by pool_months.pool_id, pool_months.period_start

),

described_pools as (

    select
        pool_months.*,
        coalesce(splits.split_text || '; within a department by weight', 'nobody') as split_text

    from pool_months
    left join splits
        on pool_months.pool_id = splits.pool_id
        and pool_months.period_start = splits.period_start

)

select * from described_pools
