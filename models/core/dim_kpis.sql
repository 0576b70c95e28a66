-- One row per KPI: its definition in force on the last day the data speaks for, whether every
-- source it needs is connected, and the days they all speak for.

with

catalogue as (

    select definitions.*
    from {{ ref('kpi_catalogue') }} as definitions
    inner join {{ ref('dim_as_of') }} as as_of
        on {{ is_in_force('definitions', 'as_of.as_of_date') }}

),

streams as (

    select * from {{ ref('dim_streams') }}

),

lost_deals as (

    select count(*) as lost_deal_count from {{ ref('stg_files__deals') }}
    where status = 'lost'

),

verdicts as (

    select count(*) as verdict_count from {{ ref('stg_files__lead_events') }}
    where verdict is not null

),

recorded_disputes as (

    select count(*) as dispute_count from {{ ref('disputes') }}

),

-- Deals name leads that nobody delivers: who brought them in is not known.
origins as (

    select count(*) > 0 as is_origin_unknown from {{ ref('stg_files__deal_leads') }}
    cross join streams
    where
        streams.stream = 'leads'
        and not streams.is_connected
        and {{ clean_id('lead_id') }} is not null

),

-- Of streams of which one stands in for the other, one is enough.
delivered_streams as (

    select
        {{ stands_for('stream') }} as stream,
        max(case when is_connected then 1 else 0 end) = 1 as is_connected,
        min(covered_from) as covered_from,
        max(covered_until) as covered_until

    from streams
    group by {{ stands_for('stream') }}

),

needed_sources as (

    select
        catalogue.kpi,
        min(case when not streams.is_connected then streams.stream end) as missing_stream,
        max(streams.covered_from) as covered_from,
        min(streams.covered_until) as covered_until

    from catalogue
    inner join delivered_streams as streams
        on '|' || catalogue.required_streams || '|' like '%|' || streams.stream || '|%'
    group by catalogue.kpi

),

-- A CRM that hands over only its wins would show a win rate of 100 %, one in which nobody can write
-- a verdict a feedback of 0 %, and a company that writes no dispute down would have none.
judged_kpis as (

    select
        catalogue.kpi,
        catalogue.kpi_label,
        catalogue.definition,
        catalogue.unit,
        catalogue.direction,
        catalogue.aggregation,
        catalogue.numerator,
        catalogue.denominator,
        catalogue.owner_department,
        catalogue.scopes,
        catalogue.required_streams,
        catalogue.unknown_part_reason,
        catalogue.zero_denominator_reason,
        catalogue.lag_days,
        catalogue.version,
        needed_sources.missing_stream,
        case
            when needed_sources.missing_stream is not null then 'not_connected'
            when catalogue.kpi = 'win_rate_count' and lost_deals.lost_deal_count = 0
                then 'no_lost_deals'
            when catalogue.kpi = 'feedback_completeness' and verdicts.verdict_count = 0
                then 'no_verdicts'
            when catalogue.kpi = 'pay_disputes' and recorded_disputes.dispute_count = 0
                then 'no_disputes'
        end as missing_code,
        origins.is_origin_unknown
        and (
            catalogue.numerator in ({{ measures_with('is_by_origin') }})
            or coalesce(catalogue.denominator in ({{ measures_with('is_by_origin') }}), false)
        ) as is_origin_unknown,
        needed_sources.covered_from,
        needed_sources.covered_until

    from catalogue
    left join needed_sources
        on catalogue.kpi = needed_sources.kpi
    cross join lost_deals
    cross join verdicts
    cross join recorded_disputes
    cross join origins

)

select
    kpi,
    kpi_label,
    definition,
    unit,
    direction,
    aggregation,
    numerator,
    denominator,
    owner_department,
    scopes,
    required_streams,
    unknown_part_reason,
    zero_denominator_reason,
    lag_days,
    version,
    missing_code,
    case missing_code
        when 'not_connected'
            then {{ message('kpi.reason.not_connected', {'stream': 'missing_stream'}) }}
        when 'no_lost_deals' then {{ message('kpi.reason.no_lost_deals') }}
        when 'no_verdicts' then {{ message('kpi.reason.no_verdicts') }}
        when 'no_disputes' then {{ message('kpi.reason.no_disputes') }}
    end as missing_message,
    is_origin_unknown,
    covered_from,
    covered_until

from judged_kpis
