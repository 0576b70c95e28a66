-- One row per page, card that is no KPI of the catalogue, range and member of a scope (all, or a
-- person).

with

ranges as (

    select * from {{ ref('dim_ranges') }}

),

lead_events as (

    select * from {{ ref('dim_streams') }}
    where stream = 'lead_events'

),

nurture_counts as (

    select
        ranges.range_id,
        count(
            case
                when
                    spells.recycled_date >= ranges.range_start
                    and spells.recycled_date < ranges.counted_end
                    then 1
            end
        ) as sent_leads,
        count(
            case
                when
                    {{ company_date('spells.returned_at') }} >= ranges.range_start
                    and {{ company_date('spells.returned_at') }} < ranges.counted_end
                    then 1
            end
        ) as returned_leads

    from ranges
    cross join {{ ref('fct_nurture_spells') }} as spells
    group by ranges.range_id

),

response_reasons as (

    select
        ranges.range_id,
        case when kpi_values.scope_type = 'company' then 'all' else kpi_values.scope_id end
            as scope_id,
        case when kpi_values.value is null then kpi_values.reason_message end as reason_message

    from {{ ref('fct_kpi_values') }} as kpi_values
    inner join ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start
    where kpi_values.kpi = 'sla_compliance' and kpi_values.scope_type in ('company', 'person')

),

cards as (

    select
        'lead_quality' as page,
        ranges.range_id,
        'all' as scope_id,
        quality.card_id,
        cast(quality.rule_version as integer) as rule_version,
        quality.value,
        quality.unit,
        quality.reason_message,
        quality.change_message,
        quality.change_tone,
        1 as sort_order

    from ranges
    cross join {{ ref('int_reports__qualification_cards') }} as quality

    union all

    select
        'lead_quality' as page,
        ranges.range_id,
        'all' as scope_id,
        'nurture_returns' as card_id,
        null as rule_version,
        nurture_counts.returned_leads as value,
        'count' as unit,
        {{ message('cards.no_nurture', {'is_connected': 'lead_events.is_connected'}) }}
            as reason_message,
        case
            when nurture_counts.sent_leads is not null
                then {{ message('cards.sent_to_nurture', {'leads': 'nurture_counts.sent_leads'}) }}
        end as change_message,
        'neutral' as change_tone,
        60 as sort_order

    from ranges
    cross join lead_events
    left join nurture_counts
        on ranges.range_id = nurture_counts.range_id

    {% for card_id, column in [
        ('waiting_audits', 'waiting_leads'), ('overdue_audits', 'overdue_leads')
    ] %}
    union all

    -- What waits is counted now, whatever the range.
    select
        'qa' as page,
        ranges.range_id,
        'all' as scope_id,
        '{{ card_id }}' as card_id,
        null as rule_version,
        case when audit_counts.has_lead_events then audit_counts.{{ column }} end as value,
        'count' as unit,
        {{ message('kpi.reason.not_connected', {'stream': "'lead_events'"}) }} as reason_message,
        null as change_message,
        'neutral' as change_tone,
        {{ 40 + loop.index }} as sort_order

    from ranges
    cross join {{ ref('int_reports__audit_counts') }} as audit_counts
    {% endfor %}

    union all

    select
        'sales' as page,
        response_reasons.range_id,
        response_reasons.scope_id,
        'median_response_minutes' as card_id,
        null as rule_version,
        response_times.median_response_minutes as value,
        'minutes' as unit,
        coalesce(response_reasons.reason_message, {{ message('cards.no_response') }})
            as reason_message,
        null as change_message,
        'neutral' as change_tone,
        15 as sort_order

    from response_reasons
    left join {{ ref('int_reports__response_times') }} as response_times
        on response_reasons.range_id = response_times.range_id
        and response_reasons.scope_id = response_times.person_id

)

select * from cards
