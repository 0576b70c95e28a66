-- One row per range, attribution model, channel (all for the company) and big number of the
-- marketing pages, in the order of the funnel, against its target where there is one of its scope.

with

-- Where deals or money are shared out, the model decides.
card_kpis as (

    select * from (
        values
        ('visits', false, 20),
        ('leads', false, 30),
        ('mqls', false, 40),
        ('sqls', false, 50),
        ('won_deals', true, 60),
        ('collected_revenue', true, 70),
        ('spend', false, 75),
        ('roas', true, 80),
        ('wasted_spend', false, 90)
    ) as kpis (kpi, is_by_model, sort_order)

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

),

scope_values as (

    select
        kpi,
        'default' as attribution_model,
        scope_type,
        scope_id,
        period_type,
        period_start,
        numerator,
        value,
        reference_target,
        reference_attainment,
        reason_text as reason

    from kpi_values
    where scope_type in ('company', 'channel')

    union all

    select
        kpi,
        attribution_model,
        scope_type,
        scope_id,
        period_type,
        period_start,
        numerator,
        value,
        reference_target,
        reference_attainment,
        reason_text as reason

    from {{ ref('fct_kpi_details') }}
    where scope_type in ('company', 'channel')

),

attribution_models as (

    select distinct model from {{ ref('attribution_models') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

),

scopes as (

    select 'company' as scope_type, 'company' as scope_id, 'all' as channel_id

    union all

    select 'channel' as scope_type, channel_id as scope_id, channel_id
    from {{ ref('dim_channels') }}

    union all

    select 'channel' as scope_type, 'unattributed' as scope_id, 'unattributed' as channel_id

),

described_cards as (

    select
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        attribution_models.model,
        scopes.channel_id,
        card_kpis.kpi,
        catalogue.kpi_label,
        -- A channel without a row had nothing, where the company's number is known.
        case
            when scope_values.kpi is not null then scope_values.value
            when company_values.numerator is not null and catalogue.denominator is null
                then cast(0 as decimal(28, 10))
        end as value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        scope_values.reference_target as target,
        scope_values.reference_attainment as attainment,
        coalesce(
            case when scope_values.value is null then scope_values.reason end,
            case when company_values.value is null then company_values.reason_text end,
            'nothing in this period to compute it from'
        ) as reason,
        catalogue.definition,
        case
            when card_kpis.kpi in ('won_deals', 'wasted_spend') then 'sales'
            when card_kpis.kpi = 'collected_revenue' then 'company'
            else 'marketing'
        end as side,
        card_kpis.sort_order

    from ranges
    cross join attribution_models
    cross join scopes
    cross join card_kpis
    inner join catalogue
        on card_kpis.kpi = catalogue.kpi
    left join scope_values
        on card_kpis.kpi = scope_values.kpi
        and scope_values.attribution_model
        = case when card_kpis.is_by_model then attribution_models.model else 'default' end
        and scopes.scope_type = scope_values.scope_type
        and scopes.scope_id = scope_values.scope_id
        and ranges.range_type = scope_values.period_type
        and ranges.range_start = scope_values.period_start
    left join kpi_values as company_values
        on card_kpis.kpi = company_values.kpi
        and company_values.scope_type = 'company'
        and ranges.range_type = company_values.period_type
        and ranges.range_start = company_values.period_start

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
        attainment,
        reason,
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
        'roas_of_marketing' as kpi,
        {{ scoped_kpi_label('catalogue.kpi_label', 'kpi_values.scope_id') }} as kpi_label,
        kpi_values.value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        kpi_values.target,
        kpi_values.attainment,
        kpi_values.reason_text as reason,
        catalogue.definition,
        'marketing' as side,
        described_cards.sort_order + 1 as sort_order

    from described_cards
    inner join kpi_values
        on described_cards.kpi = kpi_values.kpi
        and described_cards.range_type = kpi_values.period_type
        and described_cards.range_start = kpi_values.period_start
    inner join catalogue
        on described_cards.kpi = catalogue.kpi
    where
        described_cards.channel_id = 'all'
        and described_cards.kpi = 'roas'
        and kpi_values.scope_type = 'department'
        and kpi_values.scope_id = 'marketing'
        and not kpi_values.is_whole_company

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
