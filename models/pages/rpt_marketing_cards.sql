-- One row per range, attribution model, channel (all for the company) and big number of the
-- marketing pages, in the order of the funnel, against its target where there is one of its scope.

with

marketing_values as (

    select * from {{ ref('int_reports__marketing_values') }}

),

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

targets as (

    select * from {{ ref('int_reports__side_targets') }}

),

department_ranges as (

    select * from {{ ref('int_reports__department_ranges') }}
    where department_id = 'marketing'

),

described_cards as (

    select
        marketing_values.range_id,
        marketing_values.model,
        marketing_values.channel_id,
        marketing_values.kpi,
        catalogue.kpi_label,
        case
            when marketing_values.kpi not in ('mqls', 'sqls') then marketing_values.model_value
            when company_ranges.value is not null then coalesce(kpi_ranges.value, 0)
        end as value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        case
            when marketing_values.channel_id = 'all' then targets.target
            else kpi_ranges.target
        end as target,
        catalogue.direction,
        coalesce(kpi_ranges.reason, company_ranges.reason) as reason,
        catalogue.definition,
        case
            when marketing_values.kpi in ('won_deals', 'wasted_spend') then 'sales'
            when marketing_values.kpi = 'collected_revenue' then 'company'
            else 'marketing'
        end as side,
        marketing_values.sort_order

    from marketing_values
    inner join catalogue
        on marketing_values.kpi = catalogue.kpi
    left join kpi_ranges
        on marketing_values.range_id = kpi_ranges.range_id
        and marketing_values.kpi = kpi_ranges.kpi
        and marketing_values.scope_type = kpi_ranges.scope_type
        and marketing_values.scope_id = kpi_ranges.scope_id
    left join kpi_ranges as company_ranges
        on marketing_values.range_id = company_ranges.range_id
        and marketing_values.kpi = company_ranges.kpi
        and company_ranges.scope_type = 'company'
    left join targets
        on marketing_values.range_id = targets.range_id
        and marketing_values.kpi = targets.kpi

),

cards as (

    select
        range_id,
        model,
        channel_id,
        kpi,
        kpi_label,
        value,
        value_format,
        target,
        case
            when direction = 'down' then {{ exact_ratio('target', 'value') }}
            else {{ exact_ratio('value', 'target') }}
        end as attainment,
        case
            when value is null then coalesce(reason, 'nothing in this period to compute it from')
        end as reason,
        definition,
        side,
        sort_order

    from described_cards

    union all

    -- What marketing answers for stands beside the company's number and depends on no model: it
    -- counts the deals marketing brought.
    select
        described_cards.range_id,
        described_cards.model,
        described_cards.channel_id,
        department_ranges.card_id,
        department_ranges.kpi_label,
        department_ranges.value,
        {{ kpi_format('department_ranges.unit') }},
        department_ranges.target,
        department_ranges.attainment,
        department_ranges.reason,
        department_ranges.definition,
        'marketing',
        described_cards.sort_order + 1

    from described_cards
    inner join department_ranges
        on described_cards.range_id = department_ranges.range_id
        and described_cards.kpi = department_ranges.kpi
    where described_cards.channel_id = 'all' and described_cards.kpi = 'roas'

)

select
    range_id,
    model,
    channel_id,
    {{ card_columns() }},
    definition,
    side,
    cast(sort_order as integer) as sort_order

from cards
