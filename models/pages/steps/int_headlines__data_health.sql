-- One row: whether the numbers can be trusted today, the worst finding first.

with

sources as (

    select * from {{ ref('rpt_sources') }}

),

checks as (

    select * from {{ ref('rpt_reconciliations') }}

),

months as (

    select * from {{ ref('rpt_finance_months') }}
    where is_final and blocker_count > 0

),

freshness as (

    select * from {{ ref('int_reports__freshness') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

counted_sources as (

    select
        count(case when is_connected then 1 end) as connected_count,
        count(*) as source_count,
        sum(case when is_connected then row_count else 0 end) as row_count,
        sum(rejected_row_count) as rejected_count

    from sources

),

counted_checks as (

    select
        count(*) as failed_count,
        {{ dbt.listagg(
            "check_label || ' (' || subject || ')'", "'; '", 'order by sort_order, subject, unit'
        ) }} as failed_checks

    from checks
    where is_blocker and period_start is null

),

-- Green is only what may be paid: a finished month that Finance holds back is no good news here.
blocked_months as (

    select
        count(*) as blocked_count,
        max(case when is_latest_final then blockers end) as latest_blockers,
        {{ dbt.listagg('period_label', "', '", 'order by period_start desc') }} as blocked_labels

    from months

),

answers as (

    select
        {{ standing_headline() }},
        case
            when counted_checks.failed_count > 0
                then
                    {{ counted_text(
                        'counted_checks.failed_count', 'check fails', 'checks fail'
                    ) }}
                    || ', do not pay on these numbers: ' || counted_checks.failed_checks || '. '
            when blocked_months.latest_blockers is not null
                then
                    'The latest finished month cannot be paid: '
                    || blocked_months.latest_blockers || '. '
            when blocked_months.blocked_count > 0
                then 'Months that cannot be paid: ' || blocked_months.blocked_labels || '. '
            when freshness.stale_sources is not null
                then 'Not up to date: ' || freshness.stale_sources || '. '
            else 'Safe to use: every check agrees. '
        end
        || cast(counted_sources.connected_count as varchar) || ' of '
        || cast(counted_sources.source_count as varchar) || ' sources are connected, '
        || {{ amount_text('counted_sources.row_count') }} || ' rows are loaded up to '
        || {{ day_text('as_of.as_of_date') }} || ', '
        || {{ amount_text('counted_sources.rejected_count') }} || ' rows were rejected.'
            as sentence,
        case
            when counted_checks.failed_count > 0 or blocked_months.latest_blockers is not null
                then 'bad'
            when blocked_months.blocked_count > 0 then 'warn'
            when freshness.stale_sources is not null then 'warn'
            else 'good'
        end as tone

    from counted_sources
    cross join counted_checks
    cross join blocked_months
    cross join freshness
    cross join as_of

)

select * from answers
