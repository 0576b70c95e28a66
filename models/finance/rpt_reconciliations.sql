-- One row per check, what it is made on (a month, or all data of a platform, attribution model or
-- source) and currency: what must hold before anybody is paid, and whether it does.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

monthly_reconciliations as (

    select * from {{ ref('int_finance__monthly_reconciliations') }}

),

overall_reconciliations as (

    select * from {{ ref('int_finance__overall_reconciliations') }}

),

readiness_checks as (

    select * from {{ ref('int_finance__readiness_checks') }}

),

checks as (

    select
        period_start,
        check_id,
        check_label,
        '' as subject,
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
        period_start, check_id, check_label, '', sort_order, result, explanation,
        coalesce(unit, ''), amount_in, amount_out, difference
    from monthly_reconciliations

    union all

    select
        cast(null as date), check_id, check_label, subject, sort_order, result, explanation, unit,
        amount_in, amount_out, difference
    from overall_reconciliations

),

described_checks as (

    select
        checks.period_start,
        coalesce(months.period_label, 'All data') as period_label,
        checks.check_id,
        checks.check_label,
        checks.subject,
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
        coalesce({{ check_text('checks.amount_in', 'checks.unit') }}, '') as in_text,
        coalesce({{ check_text('checks.amount_out', 'checks.unit') }}, '') as out_text,
        coalesce({{ check_text('checks.difference', 'checks.unit') }}, '') as difference_text

    from checks
    left join months
        on checks.period_start = months.period_start

)

select * from described_checks
