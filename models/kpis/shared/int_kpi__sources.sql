-- One row per KPI: whether every source it needs is connected, and the days they all speak for.

with

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

streams as (

    select * from {{ ref('int_ops__streams') }}

),

needed_streams as (

    select
        catalogue.kpi,
        catalogue.numerator in ({{ measures_with('is_by_origin') }})
        or coalesce(catalogue.denominator in ({{ measures_with('is_by_origin') }}), false)
            as is_by_origin,
        streams.stream,
        streams.is_connected,
        streams.covered_from,
        streams.covered_until

    from catalogue
    inner join streams
        on '|' || catalogue.required_streams || '|' like '%|' || streams.stream || '|%'

),

lost_deals as (

    select count(*) as lost_deal_count from {{ ref('stg_files__deals') }}
    where status = 'lost'

),

lead_streams as (

    select * from streams
    where stream = 'leads'

),

named_leads as (

    select count(*) as named_lead_count from {{ ref('stg_files__deal_leads') }}
    where {{ clean_id('lead_id') }} is not null

),

verdicts as (

    select count(*) as verdict_count from {{ ref('stg_files__lead_events') }}
    where verdict is not null

),

source_states as (

    select
        kpi,
        is_by_origin,
        min(case when is_connected then null else stream end) as missing_stream,
        max(covered_from) as covered_from,
        min(covered_until) as covered_until

    from needed_streams
    group by kpi, is_by_origin

),

-- A CRM that hands over only its wins would show a win rate of 100 %, and one in which nobody can
-- write a verdict a feedback of 0 %.
judged_sources as (

    select
        source_states.kpi,
        source_states.missing_stream,
        case
            when source_states.missing_stream is not null then 'not_connected'
            when source_states.kpi = 'win_rate_count' and lost_deals.lost_deal_count = 0
                then 'no_lost_deals'
            when source_states.kpi = 'feedback_completeness' and verdicts.verdict_count = 0
                then 'no_verdicts'
        end as missing_code,
        -- Deals name leads that nobody delivers: who brought them in is not known.
        source_states.is_by_origin
        and named_leads.named_lead_count > 0
        and not lead_streams.is_connected as is_origin_unknown,
        source_states.covered_from,
        source_states.covered_until

    from source_states
    cross join lost_deals
    cross join verdicts
    cross join named_leads
    cross join lead_streams

)

select
    kpi,
    missing_code,
    case missing_code
        when 'not_connected'
            then {{ message('kpi.reason.not_connected', {'stream': 'missing_stream'}) }}
        when 'no_lost_deals' then {{ message('kpi.reason.no_lost_deals') }}
        when 'no_verdicts' then {{ message('kpi.reason.no_verdicts') }}
    end as missing_message,
    is_origin_unknown,
    covered_from,
    covered_until

from judged_sources
