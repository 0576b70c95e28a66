-- One row per page, card of a KPI on it, range, member of a scope (all, a channel, a person) and
-- attribution model (of pages on which a reader chooses one).

with

-- Which KPI stands on which page, in this order; where deals or money are shared out, the model
-- decides. With `department`, it is that department's own number.
page_cards as (

    select * from (
        values
        {% for page, cards in page_cards().items() %}
        {% set page_loop = loop %}
        {% for kpi, department, is_by_model in cards %}
        (
            '{{ page }}',
            '{{ kpi }}',
            '{{ department }}',
            {{ is_by_model }},
            {{ loop.index }}0
        )
        {% if not (loop.last and page_loop.last) %}
        ,
        {% endif %}
        {% endfor %}
        {% endfor %}
    ) as cards (page, kpi, department, is_by_model, sort_order)

),

-- Sorts of ranges a page offers.
page_ranges as (

    select * from (
        values
        ('overview', 'quarter'), ('leadership', 'quarter'),
        {% for page in ['marketing', 'channel', 'lead_quality', 'sales', 'qa'] %}
        ('{{ page }}', 'quarter'), ('{{ page }}', 'year'), ('{{ page }}', 'last_12_months'),
        {% endfor %}
        ('lead_quality', 'month'), ('sales', 'month'), ('qa', 'month')
    ) as ranges (page, range_type)

),

card_values as (

    select * from {{ ref('int_reports__card_values') }}

),

companies as (

    select * from card_values
    where scope_id = 'company'

),

-- Every value a card can show, by what the pages call its scope.
scope_values as (

    select
        kpi,
        case when scope_id = 'company' then '' else scope_id end as department,
        'default' as attribution_model,
        'all' as scope_type,
        'all' as scope_id,
        period_type,
        period_start,
        value,
        target,
        attainment,
        reason_code,
        reason_message

    from card_values

    {% for details in ['fct_kpi_values', 'fct_kpi_details'] %}
    union all

    select
        kpi,
        '' as department,
        {{ 'attribution_model' if details == 'fct_kpi_details' else "'default'" }}
            as attribution_model,
        case when scope_type = 'company' then 'all' else scope_type end as scope_type,
        case when scope_type = 'company' then 'all' else scope_id end as scope_id,
        period_type,
        period_start,
        value,
        reference_target as target,
        reference_attainment as attainment,
        reason_code,
        reason_message

    from {{ ref(details) }}
    where
        {{ "scope_type in ('company', 'channel')" if details == 'fct_kpi_details'
            else "scope_type in ('channel', 'person')" }}
    {% endfor %}

),

-- A channel and a person may have one name: money of neither is `unattributed` in both.
members as (

    select page, 'all' as scope_type, 'all' as scope_id, 'default' as model
    from (values ('overview'), ('leadership'), ('lead_quality'), ('qa'), ('sales')) as pages (page)

    union all

    select 'marketing' as page, 'all' as scope_type, 'all' as scope_id, model
    from (select distinct model from {{ ref('attribution_models') }}) as models

    union all

    select
        'channel' as page,
        'channel' as scope_type,
        channels.channel_id as scope_id,
        models.model

    from (
        select channel_id from {{ ref('dim_channels') }}
        union all
        select 'unattributed' as channel_id
    ) as channels
    cross join (select distinct model from {{ ref('attribution_models') }}) as models

    union all

    select distinct 'sales' as page, scope_type, scope_id, 'default' as model
    from {{ ref('fct_kpi_values') }}
    where scope_type = 'person'

),

kpi_cards as (

    select
        page_cards.page,
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        members.scope_id,
        members.model,
        page_cards.kpi,
        page_cards.department,
        catalogue.kpi_label,
        catalogue.unit,
        catalogue.definition,
        -- A channel without a row had nothing, where the company's number is known.
        case
            when scope_values.kpi is not null then scope_values.value
            when companies.numerator is not null and catalogue.denominator is null
                then cast(0 as decimal(28, 10))
        end as value,
        scope_values.target,
        scope_values.attainment,
        scope_values.reason_code,
        coalesce(
            scope_values.reason_message,
            case when companies.value is null then companies.reason_message end
        ) as reason_message,
        -- The whole's number belongs to no department that is a part of it only.
        case
            when page_cards.department = '' and not coalesce(companies.is_owner_value, true)
                then 'company'
            else catalogue.owner_department
        end as side,
        page_cards.sort_order

    from page_cards
    inner join members
        on page_cards.page = members.page
    inner join page_ranges
        on page_cards.page = page_ranges.page
    inner join {{ ref('dim_ranges') }} as ranges
        on page_ranges.range_type = ranges.range_type
    inner join {{ ref('dim_kpis') }} as catalogue
        on page_cards.kpi = catalogue.kpi
    left join companies
        on page_cards.kpi = companies.kpi
        and ranges.range_type = companies.period_type
        and ranges.range_start = companies.period_start
    left join scope_values
        on page_cards.kpi = scope_values.kpi
        and page_cards.department = scope_values.department
        and members.scope_type = scope_values.scope_type
        and members.scope_id = scope_values.scope_id
        and scope_values.attribution_model
        = case when page_cards.is_by_model then members.model else 'default' end
        and ranges.range_type = scope_values.period_type
        and ranges.range_start = scope_values.period_start
    where
        scope_values.kpi is not null
        or (page_cards.department = '' and page_cards.page in ('marketing', 'channel'))

)

select * from kpi_cards
