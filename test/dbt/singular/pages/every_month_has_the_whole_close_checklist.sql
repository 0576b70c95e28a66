-- No check drops out of a month in silence: every month has each of them. A row is a missing check.

with

months as (

    select distinct period_start from {{ ref('fct_pay_months') }}

),

checks as (

    select distinct check_id from {{ ref('fct_reconciliations') }}
    where period_start is not null

),

made_checks as (

    select distinct
        period_start,
        check_id

    from {{ ref('fct_reconciliations') }}

)

select
    months.period_start,
    checks.check_id

from months
cross join checks
left join made_checks
    on months.period_start = made_checks.period_start
    and checks.check_id = made_checks.check_id
where made_checks.check_id is null
