-- One row per month: whether every statement is complete, and if not whose is not and why.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

statement_counts as (

    select
        period_start,
        sum(payee_count) as payee_count,
        sum(complete_count) as complete_count,
        sum(incomplete_count) as incomplete_count

    from {{ ref('int_finance__payout_totals') }}
    where department_id = 'all'
    group by period_start

),

incomplete_reasons as (

    select * from {{ ref('int_finance__incomplete_reasons') }}

),

statement_checks as (

    select
        months.period_start,
        case
            when statement_counts.period_start is null then 'Nothing to check'
            when statement_counts.incomplete_count > 0 then 'Blocks'
            when statement_counts.complete_count < statement_counts.payee_count then 'Wait'
            else 'OK'
        end as result,
        coalesce(
            cast(statement_counts.complete_count as varchar) || ' of '
            || cast(statement_counts.payee_count as varchar) || ' complete'
            || coalesce('; ' || incomplete_reasons.reasons, ''),
            'nobody was a member of a bonus plan'
        ) as explanation

    from months
    left join statement_counts
        on months.period_start = statement_counts.period_start
    left join incomplete_reasons
        on months.period_start = incomplete_reasons.period_start

)

select * from statement_checks
