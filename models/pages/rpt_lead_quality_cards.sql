-- One row per range and big number of the page on lead quality. How well the rules pick does not
-- depend on the range.

with

qualification_cards as (

    select * from {{ ref('int_reports__qualification_cards') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        scope_type = 'company' and kpi in ('lead_acceptance_rate', 'feedback_completeness')

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

lead_events as (

    select * from {{ ref('int_ops__streams') }}
    where stream = 'lead_events'

),

nurture_results as (

    select * from {{ ref('rpt_nurture_results') }}
    where is_total

),

cards as (

    select
        ranges.range_id,
        qualification_cards.kpi,
        qualification_cards.kpi_label,
        qualification_cards.value,
        qualification_cards.value_format,
        null as target,
        null as attainment,
        qualification_cards.reason,
        qualification_cards.change_text,
        qualification_cards.change_tone,
        qualification_cards.definition,
        'company' as side,
        qualification_cards.sort_order

    from ranges
    cross join qualification_cards

    union all

    select
        ranges.range_id,
        kpi_values.kpi,
        catalogue.kpi_label,
        kpi_values.value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        kpi_values.reference_target as target,
        kpi_values.reference_attainment as attainment,
        kpi_values.reason_text as reason,
        null as change_text,
        'neutral' as change_tone,
        catalogue.definition,
        catalogue.owner_department as side,
        case kpi_values.kpi when 'lead_acceptance_rate' then 40 else 50 end as sort_order

    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
    inner join ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start

    union all

    select
        ranges.range_id,
        'nurture_returns' as kpi,
        'Back from nurture' as kpi_label,
        nurture_results.returned_leads as value,
        'num0' as value_format,
        null as target,
        null as attainment,
        case
            when lead_events.is_connected then 'no lead was ever sent to nurture'
            else 'source not connected: lead_events'
        end as reason,
        {{ amount_text('nurture_results.sent_leads') }} || ' went there' as change_text,
        'neutral' as change_tone,
        'Leads that came back to sales in the period from nurture, where they had been sent for'
        || ' example because BANT failed.' as definition,
        'company' as side,
        60 as sort_order

    from ranges
    cross join lead_events
    left join nurture_results
        on ranges.range_id = nurture_results.range_id

)

select
    range_id,
    {{ card_columns() }},
    change_text,
    change_tone,
    definition,
    side,
    cast(sort_order as integer) as sort_order

from cards
