-- One row: whether the numbers can be trusted today, the worst finding first.

with

sources as (

    select * from {{ ref('rpt_sources') }}

),

checks as (

    select * from {{ ref('rpt_health_checks') }}

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

    select count(case when not is_passed then 1 end) as failed_count from checks

),

answers as (

    select
        {{ standing_headline() }},
        case
            when counted_checks.failed_count > 0
                then
                    {{ counted_text(
                        'counted_checks.failed_count', 'check of the money laws fails',
                        'checks of the money laws fail'
                    ) }}
                    || ': do not use these numbers before every check passes. '
            when freshness.stale_sources is not null
                then 'Not up to date: ' || freshness.stale_sources || '. '
            else 'The numbers can be used: all money adds up. '
        end
        || cast(counted_sources.connected_count as varchar) || ' of '
        || cast(counted_sources.source_count as varchar) || ' sources are connected, '
        || {{ amount_text('counted_sources.row_count') }} || ' rows are loaded up to '
        || {{ day_text('as_of.as_of_date') }} || ', '
        || {{ amount_text('counted_sources.rejected_count') }} || ' rows were rejected.'
            as sentence,
        case
            when counted_checks.failed_count > 0 then 'bad'
            when freshness.stale_sources is not null then 'warn'
            else 'good'
        end as tone

    from counted_sources
    cross join counted_checks
    cross join freshness
    cross join as_of

)

select * from answers
