-- One row per check of money, month (or all data), subject and currency: whether what went in came
-- out. A check without money in a month has one row that says so.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

amounts as (

    select
        *,
        amount_in = amount_out as is_passed

    from {{ ref('int_finance__reconciled_amounts') }}

    union all

    select
        'rejected_rows', cast(null as date), stream, 'rows',
        cast(delivered_rows as decimal(24, 6)), cast(loaded_rows as decimal(24, 6)), is_passed
    from {{ ref('int_finance__row_checks') }}

),

check_names as (

    select * from (
        values
        ('lines', 40, true), ('pools', 50, true), ('pool_parts', 60, true),
        ('spend_delivered', 70, true), ('spend_reported', 80, true), ('cash_delivered', 90, true),
        ('cash_reported', 100, true), ('channel_credit', 110, true),
        ('spend_by_platform', 200, false), ('booked_credit', 210, false),
        ('collected_credit', 220, false), ('credit_shares', 230, false),
        ('rejected_rows', 240, false)
    ) as names (check_id, sort_order, is_monthly)

),

-- Every month has each check: without money in the month it has a row that says so.
check_periods as (

    select
        check_names.check_id,
        check_names.sort_order,
        months.period_start

    from check_names
    cross join months
    where check_names.is_monthly

    union all

    select
        check_id,
        sort_order,
        cast(null as date) as period_start

    from check_names
    where not is_monthly

),

money_checks as (

    select
        check_periods.period_start,
        check_periods.check_id,
        check_periods.sort_order,
        coalesce(amounts.subject, '') as subject_id,
        coalesce(amounts.unit, '') as unit,
        case
            when amounts.check_id is null then 'nothing'
            when amounts.is_passed then 'ok'
            else 'blocks'
        end as result_code,
        amounts.amount_in,
        amounts.amount_out,
        cast(amounts.amount_in - amounts.amount_out as decimal(24, 6)) as difference,
        {{ exact_ratio('amounts.amount_in - amounts.amount_out', 'amounts.amount_in') }}
            as missing_share

    from check_periods
    left join amounts
        on check_periods.check_id = amounts.check_id
        and check_periods.period_start is not distinct from amounts.period_start
    where check_periods.period_start is not null or amounts.check_id is not null

)

select * from money_checks
