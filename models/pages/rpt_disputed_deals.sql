-- One row per lost deal whose responsible side is disputed, the newest first: the newest forty of
-- all and of each owner.

{% set deals_shown = 40 %}

with

disputed_deals as (

    select * from {{ ref('fct_lost_deals') }}
    where is_disputed

),

numbered_deals as (

    select
        *,
        row_number() over (order by closed_date desc, deal_id) as rank_of_all,
        row_number() over (partition by person_id order by closed_date desc, deal_id)
            as rank_of_person

    from disputed_deals

)

select
    numbered_deals.deal_id,
    numbered_deals.lead_id,
    {{ lead_path('numbered_deals.lead_id') }} as lead_path,
    numbered_deals.closed_date,
    coalesce(numbered_deals.person_id, 'unattributed') as person_id,
    {{ name_or(
        'coalesce(' ~ person_label('people') ~ ', numbered_deals.person_id)',
        message('lead_quality.person', {'person': "'unattributed'"})
    ) }} as person_label_message,
    {{ name_or('numbered_deals.lost_reason_label', message('lead_quality.no_lost_reason')) }}
        as lost_reason_message,
    {{ message('lead_quality.lost_side', {'side': 'numbered_deals.responsible_side'}) }}
        as side_label_message,
    {{ message('lead_quality.lost_side', {'side': 'numbered_deals.disputed_side'}) }}
        as disputed_side_label_message,
    numbered_deals.dispute_note,
    numbered_deals.amount,
    cast(numbered_deals.rank_of_all as integer) as rank_of_all,
    cast(numbered_deals.rank_of_person as integer) as rank_of_person

from numbered_deals
left join {{ ref('dim_people') }} as people
    on numbered_deals.person_id = people.person_id
where
    numbered_deals.rank_of_all <= {{ deals_shown }}
    or numbered_deals.rank_of_person <= {{ deals_shown }}
