-- One row per page, card, range, member of a scope (all, a channel, a person) and attribution model
-- (default on pages without a choice): a big number, its target, its change and what it means.

with

kpi_cards as (

    select * from {{ ref('int_reports__kpi_cards') }}

),

changes as (

    select * from {{ ref('int_reports__kpi_changes') }}

),

other_cards as (

    select * from {{ ref('int_reports__other_cards') }}

),

cards as (

    select
        kpi_cards.page,
        kpi_cards.range_id,
        kpi_cards.scope_id,
        kpi_cards.model,
        kpi_cards.kpi || case when kpi_cards.department = '' then '' else '_of_' end
        || kpi_cards.department as card_id,
        {{ message('cards.label', {
            'kpi': 'kpi_cards.kpi_label', 'department': "nullif(kpi_cards.department, '')"
        }) }} as label_message,
        kpi_cards.value,
        kpi_cards.unit,
        kpi_cards.target,
        kpi_cards.attainment,
        case
            when kpi_cards.value is null
                then coalesce(kpi_cards.reason_message, {{ message('cards.nothing') }})
            when kpi_cards.reason_code = 'gaps' then kpi_cards.reason_message
            when kpi_cards.page not in ('overview', 'leadership') then null
            when kpi_cards.reason_code != 'no_target' then kpi_cards.reason_message
            when kpi_cards.reason_code = 'no_target'
                then {{ message('cards.no_target', {'is_whole': "kpi_cards.side = 'company'"}) }}
        end as reason_message,
        kpi_cards.value is not null and coalesce(kpi_cards.reason_code = 'gaps', false)
            as is_incomplete,
        changes.change_message,
        coalesce(changes.change_tone, 'neutral') as change_tone,
        changes.trend,
        {{ message('plain', {'text': 'kpi_cards.definition'}) }} as definition_message,
        kpi_cards.side,
        '/definitions/#' || kpi_cards.kpi as link,
        kpi_cards.sort_order

    from kpi_cards
    left join changes
        on kpi_cards.page in ('overview', 'leadership')
        and kpi_cards.kpi = changes.kpi
        and changes.scope_id = 'company'
        and kpi_cards.range_type = changes.period_type
        and kpi_cards.range_start = changes.period_start

    union all

    select
        page,
        range_id,
        scope_id,
        'default' as model,
        card_id,
        {{ message('cards.other_label', {'card': 'card_id', 'version': 'rule_version'}) }}
            as label_message,
        value,
        unit,
        null as target,
        null as attainment,
        case when value is null then reason_message end as reason_message,
        false as is_incomplete,
        change_message,
        change_tone,
        null as trend,
        {{ message('cards.other_definition', {'card': 'card_id'}) }} as definition_message,
        case when page = 'sales' then 'sales' else 'company' end as side,
        null as link,
        sort_order

    from other_cards

)

select
    page,
    range_id,
    scope_id,
    model,
    card_id,
    label_message,
    cast(value as decimal(28, 10)) as value,
    unit,
    cast(target as decimal(28, 10)) as target,
    cast(attainment as decimal(28, 10)) as attainment,
    {{ attainment_tone('attainment') }} as tone,
    reason_message,
    is_incomplete,
    change_message,
    change_tone,
    trend,
    definition_message,
    side,
    link,
    cast(sort_order as integer) as sort_order

from cards
