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

    select * from {{ ref('dim_kpis') }}

),

pool_months as (

    select
        months.period_start,
        months.period_label,
        pools.pool_id,
        pools.pool_name,
        {{ message('pay.dates', {'dates': as_validity('pools.valid_from', 'pools.valid_to')}) }}
            as pool_dates_text_message,
        {{ message('pay.pool_rule', {
            'share': as_percent('pools.pool_share', 12),
            'prize': as_exact_money('pools.prize_amount', 'pools.currency_code'),
            'kpi': as_message(rule_kpi_message('pools', 'catalogue')),
            'threshold': as_exact_money('pools.threshold_amount', 'pools.currency_code'),
            'period': 'pools.period_type'
        }) }} as rule_text_message,
        {{ message('pay.pool_paid', {'period': 'pools.period_type'}) }} as paid_text_message

    from months
    inner join pools
        on {{ is_in_force('pools', 'months.period_start') }}
    left join catalogue
        on pools.kpi = catalogue.kpi

),

splits as (

    select
        pool_months.pool_id,
        pool_months.period_start,
        {{ message('pay.pool_split', {'departments': as_list_of_rows(
            as_message(message('finance.department_amount', {
                'department': department_label('pool_departments.department_id'),
                'amount': as_percent('pool_departments.share', 12)
            })),
            'pool_departments.department_id'
        )}) }} as split_text_message

    from pool_months
    inner join pool_departments
        on pool_months.pool_id = pool_departments.pool_id
        and {{ is_in_force('pool_departments', 'pool_months.period_start') }}
    group by pool_months.pool_id, pool_months.period_start

),

described_pools as (

    select
        pool_months.*,
        coalesce(splits.split_text_message, {{ message('pay.nobody') }}) as split_text_message

    from pool_months
    left join splits
        on pool_months.pool_id = splits.pool_id
        and pool_months.period_start = splits.period_start

)

select * from described_pools
