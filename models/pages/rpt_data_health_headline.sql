-- One row: whether the numbers can be trusted today, the worst finding first.

with

sources as (

    select * from {{ ref('stg_jointly__streams') }}

),

rejects as (

    select distinct
        stream,
        input_name,
        file_name,
        row_number_in_file

    from {{ ref('stg_jointly__rejects') }}

),

checks as (

    select * from {{ ref('fct_reconciliations') }}

),

months as (

    select * from {{ ref('fct_pay_months') }}
    where is_final

),

freshness as (

    select max(stale_sources_message) as stale_sources_message
    from {{ ref('fct_period_states') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

counted_sources as (

    select
        count(case when is_connected then 1 end) as connected_count,
        count(*) as source_count,
        cast(sum(case when is_connected then row_count else 0 end) as bigint) as row_count,
        (select count(*) from rejects) as rejected_count

    from sources

),

failed_checks as (

    select
        count(*) as failed_count,
        {{ as_list_of_rows(
            as_message(message('data_health.failed_check', {
                'check': as_message('check_label_message'), 'subject': as_message('subject_message')
            })),
            'sort_order, subject_id, unit'
        ) }} as failed_checks

    from checks
    where is_blocker and period_start is null

),

month_blockers as (

    select
        months.period_start,
        months.period_label,
        months.is_latest_final,
        {{ as_list_of_rows(
            as_message('checks.check_label_message'), 'checks.sort_order, checks.unit'
        ) }} as blockers

    from checks
    inner join months
        on checks.period_start = months.period_start
    where checks.is_blocker
    group by months.period_start, months.period_label, months.is_latest_final

),

-- Green is only what may be paid: a finished month that Finance holds back is no good news here.
blocked_months as (

    select
        count(*) as blocked_count,
        max(case when is_latest_final then blockers end) as latest_blockers,
        {{ as_list_of_rows('period_label', 'period_start desc') }} as blocked_labels

    from month_blockers

),

findings as (

    select
        failed_checks.*,
        blocked_months.*,
        freshness.stale_sources_message,
        case
            when failed_checks.failed_count > 0 then 'failed_checks'
            when blocked_months.latest_blockers is not null then 'latest_month_blocked'
            when blocked_months.blocked_count > 0 then 'months_blocked'
            when freshness.stale_sources_message is not null then 'stale'
            else 'safe'
        end as finding

    from failed_checks
    cross join blocked_months
    cross join freshness

)

select
    findings.finding,
    {{ messages([
        "case findings.finding when 'failed_checks' then "
            ~ message('data_health.checks_fail', {
                'count': 'findings.failed_count', 'checks': 'findings.failed_checks'
            })
            ~ " when 'latest_month_blocked' then "
            ~ message('data_health.latest_month_blocked', {'blockers': 'findings.latest_blockers'})
            ~ " when 'months_blocked' then "
            ~ message('data_health.months_blocked', {'months': 'findings.blocked_labels'})
            ~ " when 'stale' then "
            ~ message('data_health.stale', {'sources': as_message('findings.stale_sources_message')})
            ~ " else " ~ message('data_health.safe') ~ " end",
        message('data_health.totals', {
            'connected': 'counted_sources.connected_count',
            'all': 'counted_sources.source_count',
            'rows': 'counted_sources.row_count',
            'day': as_day('as_of.as_of_date'),
            'rejected': 'counted_sources.rejected_count',
        }),
    ]) }} as sentence_message,
    case
        when findings.finding in ('failed_checks', 'latest_month_blocked') then 'bad'
        when findings.finding in ('months_blocked', 'stale') then 'warn'
        else 'good'
    end as tone

from findings
cross join counted_sources
cross join as_of
