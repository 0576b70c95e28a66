-- One row per month, check of the close and (for money) currency: what must hold before anybody is
-- paid, and whether it does.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

law_checks as (

    select * from {{ ref('int_finance__law_checks') }}

),

readiness_checks as (

    select * from {{ ref('int_finance__readiness_checks') }}

),

checks as (

    select
        period_start,
        check_id,
        check_label,
        sort_order,
        result,
        explanation,
        '' as unit,
        cast(null as decimal(24, 6)) as amount_in,
        cast(null as decimal(24, 6)) as amount_out,
        cast(null as decimal(24, 6)) as difference
    from readiness_checks

    union all

    select
        period_start, check_id, check_label, sort_order, result, explanation,
        coalesce(unit, ''), amount_in, amount_out, difference
    from law_checks

),

described_checks as (

    select
        checks.period_start,
        months.period_label,
        checks.check_id,
        checks.check_label,
        checks.sort_order,
        checks.unit,
        checks.result,
        checks.result = 'Blocks' as is_blocker,
        case checks.result
            when 'OK' then 'good'
            when 'Blocks' then 'bad'
            when 'Wait' then 'warn'
            else 'neutral'
        end as tone,
        checks.explanation,
        coalesce({{ number_text('checks.amount_in') }}, '') as in_text,
        coalesce({{ number_text('checks.amount_out') }}, '') as out_text,
        coalesce({{ number_text('checks.difference') }}, '') as difference_text

    from checks
    inner join months
        on checks.period_start = months.period_start

)

select * from described_checks
