-- One row: how many leads have a card, whose turn it is, and for how many days a card is kept.

with

counted_cards as (

    select
        count(*) as cards,
        count(case when step in ('call', 'call_late') then 1 end) as calls,
        count(case when step = 'call_late' then 1 end) as late_calls

    from {{ ref('int_reports__next_steps') }}

)

select
    {{ message('lead.headline', {
        'cards': 'counted_cards.cards',
        'calls': 'counted_cards.calls',
        'late': 'counted_cards.late_calls',
        'days': 'card_terms.shown_for_days'
    }) }} as sentence_message,
    case
        when counted_cards.late_calls > 0 then 'bad'
        when counted_cards.calls > 0 then 'warn'
        else 'neutral'
    end as tone,
    cast(card_terms.shown_for_days as integer) as shown_for_days

from counted_cards
cross join {{ ref('int_reports__card_terms') }} as card_terms
