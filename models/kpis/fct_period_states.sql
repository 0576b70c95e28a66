-- One row per week, month and quarter that has begun: its name, and whether its numbers can change.

with

periods as (

    select * from {{ ref('dim_periods') }}
    where period_type in ('week', 'month', 'quarter')

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

freshness as (

    select
        case
            when count(*) > 0
                then
                    {{ message('freshness.stale', {'sources': as_list_of_rows(
                        as_message(message('freshness.stale_source', {
                            'stream': 'stream', 'day': as_day('last_event_date')
                        })), 'sort_order'
                    )}) }}
        end as stale_sources_message

    from {{ ref('dim_streams') }}
    where is_stale

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

),

-- A period that is over can still wait for days of a source, for terms of leads and requests, and
-- for the lag of a KPI. One lead waits in several KPIs: the most of one KPI are counted.
settled_periods as (

    select
        period_type,
        period_start,
        min(case when is_final then 1 else 0 end) = 1 as is_settled,
        count(case when status = 'incomplete' then 1 end) as incomplete_kpi_count,
        count(case when provisional_code = 'days_missing' then 1 end) as missing_kpi_count,
        max(case when provisional_code = 'pending' then pending_parts else 0 end) as pending_count,
        max(case when provisional_code = 'lag' then final_from end) as final_from

    from kpi_values
    where scope_type = 'company' and value is not null
    group by period_type, period_start

),

latest_finished_periods as (

    select
        period_type,
        max(period_start) as period_start

    from periods
    where is_final
    group by period_type

),

described_periods as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.period_label,
        case
            when not periods.is_final then 'open'
            when settled_periods.incomplete_kpi_count > 0 then 'incomplete'
            when settled_periods.is_settled then 'final'
            else 'provisional'
        end as period_state,
        cast(coalesce(settled_periods.incomplete_kpi_count, 0) as integer)
            as incomplete_kpi_count,
        cast(
            case
                when periods.is_final then coalesce(settled_periods.missing_kpi_count, 0) else 0
            end as integer
        ) as missing_kpi_count,
        cast(
            case when periods.is_final then coalesce(settled_periods.pending_count, 0) else 0 end
            as integer
        ) as pending_count,
        case when periods.is_final then settled_periods.final_from end as final_from,
        periods.is_final,
        latest_finished_periods.period_start is not null as is_latest_final,
        as_of.as_of_date as data_as_of,
        freshness.stale_sources_message

    from periods
    cross join as_of
    cross join freshness
    left join settled_periods
        on periods.period_type = settled_periods.period_type
        and periods.period_start = settled_periods.period_start
    left join latest_finished_periods
        on periods.period_type = latest_finished_periods.period_type
        and periods.period_start = latest_finished_periods.period_start

)

select * from described_periods
