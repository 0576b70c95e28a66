-- One row per month and question of the close that is not a sum: is the month over, are the
-- statements and sources complete, does the attribution hold, were rows rejected, is it signed.

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

overall_checks as (

    select
        case when check_id = 'rejected_rows' then 'rejects' else 'credit' end as check_group,
        count(*) as check_count,
        count(case when result = 'Blocks' then 1 end) as broken_count,
        {{ dbt.listagg(
            "case when result = 'Blocks' then subject end", "', '", 'order by sort_order, subject'
        ) }} as broken_subjects

    from {{ ref('int_finance__overall_reconciliations') }}
    where check_id != 'spend_by_platform'
    group by case when check_id = 'rejected_rows' then 'rejects' else 'credit' end

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
            when overall_checks.check_count is null then 'Nothing to check'
            when overall_checks.broken_count > 0 then 'Blocks'
            else 'OK'
        end,
        case
            when overall_checks.check_count is null then 'no deal was delivered'
            when overall_checks.broken_count > 0
                then cast(overall_checks.broken_count as varchar) || ' of '
                    || {{ counted_text(
                        'overall_checks.check_count', 'check fails', 'checks fail'
                    ) }}
                    || ': ' || overall_checks.broken_subjects
            else cast(overall_checks.check_count as varchar) || ' checks over all deals agree'
        end || case
            when overall_checks.check_count is null then ''
            else ', check by check on Data health'
        end
    from months
    left join overall_checks
        on overall_checks.check_group = 'credit'

    union all

    select
        months.period_start, 'rejects', 'Few rows were rejected', 125,
        case
            when overall_checks.check_count is null then 'Nothing to check'
            when overall_checks.broken_count > 0 then 'Blocks'
            else 'OK'
        end,
        case
            when overall_checks.check_count is null then 'no row was delivered'
            when overall_checks.broken_count > 0
                then 'too many rejected of ' || overall_checks.broken_subjects
            else cast(overall_checks.check_count as varchar) || ' sources within the limit'
        end || case
            when overall_checks.check_count is null then ''
            else ', check by check on Data health'
        end
    from months
    left join overall_checks
        on overall_checks.check_group = 'rejects'

    union all

    select
        period_start, 'signature', 'The month is signed', 130, 'Open',
        'signing does not exist yet: a late fact or a changed rule still changes this month, so '
        || 'keep the file you paid from'
    from months

)

select * from checks
