-- One row: how many leads have a card and whose turn it is.

with

cards as (

    select * from {{ ref('int_reports__next_steps') }}

),

card_terms as (

    select * from {{ ref('int_reports__card_terms') }}

),

counted_cards as (

    select
        max(card_terms.shown_for_days) as shown_for_days,
        count(cards.lead_id) as cards,
        count(case when cards.step in ('call', 'call_late') then 1 end) as calls,
        count(case when cards.step = 'call_late' then 1 end) as late_calls

    from card_terms
    left join cards
        on cards.lead_id is not null

)

select
    {{ standing_headline() }},
    case
        when cards = 0
            then 'No lead is open and nothing happened to any of late, so there are no cards.'
        else
            case
                when calls = 0 then 'No lead waits for a first call.'
                when calls = 1 then '1 lead waits for a first call'
                else {{ amount_text('calls') }} || ' leads wait for a first call'
            end
            || case
                when calls = 0 then ''
                when late_calls > 0
                    then ', ' || {{ amount_text('late_calls') }} || ' of them overdue.'
                else ', none of them overdue.'
            end
            || ' ' || {{ amount_text('cards') }}
            || case when cards = 1 then ' lead has' else ' leads have' end
            || ' a card: those that are open, those somebody has to look at,'
            || ' those that became clients'
            || coalesce(
                ', and those to which something happened in the last '
                || cast(shown_for_days as varchar) || ' days.',
                '.'
            )
    end as sentence,
    case when late_calls > 0 then 'bad' when calls > 0 then 'warn' else 'neutral' end as tone

from counted_cards
