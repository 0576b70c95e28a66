-- One row per month and question of the close that is not a sum: is the month over, are the
-- statements and sources complete, does the attribution hold, is it signed.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

statement_checks as (

    select * from {{ ref('int_finance__statement_checks') }}

),

late_sources as (

    select * from {{ ref('int_finance__late_sources') }}

),

attribution as (

    select
        count(*) as check_count,
        count(distinct check_label) as law_count,
        count(distinct subject) as subject_count,
        count(case when not is_passed then 1 end) as broken_count

    from {{ ref('rpt_health_checks') }}
    where sort_order >= 20

),

checks as (

    select
        period_start,
        'month_over' as check_id,
        'The month is over' as check_label,
        10 as sort_order,
        case when is_final then 'OK' else 'Wait' end as result,
        case
            when is_final then 'data up to ' || {{ day_text('data_as_of') }}
            else 'it runs until ' || {{ day_text(dbt.dateadd('day', -1, 'period_end')) }}
        end as explanation
    from months

    union all

    select
        period_start, 'statements', 'Every statement is complete', 20, result, explanation
    from statement_checks

    union all

    select
        period_start, 'sources', 'The sources delivered the month', 30,
        case when late_source_count > 0 then 'Blocks' else 'OK' end,
        case
            when late_source_count > 0 then 'behind: ' || late_sources
            else cast(source_count as varchar) || ' connected, none is behind'
        end
    from late_sources

    union all

    select
        months.period_start, 'attribution', 'Attribution credit sums to the deals', 120,
        case
            when attribution.check_count = 0 then 'Nothing to check'
            when attribution.broken_count > 0 then 'Blocks'
            else 'OK'
        end,
        case
            when attribution.check_count = 0 then 'no deal was delivered'
            else
                cast(attribution.check_count - attribution.broken_count as varchar) || ' of '
                || {{ counted_text('attribution.check_count', 'check agrees', 'checks agree') }}
                || ', over all deals: '
                || {{ counted_text('attribution.law_count', 'law', 'laws') }} || ' for '
                || {{ counted_text(
                    'attribution.subject_count', 'attribution model', 'attribution models'
                ) }}
                || ', check by check on Data health'
        end
    from months
    cross join attribution

    union all

    select
        period_start, 'signature', 'The month is signed', 130, 'Open',
        'signing does not exist yet: a late fact or a changed rule still changes this month, so '
        || 'keep the file you paid from'
    from months

)

select * from checks
