-- One row per open deal among the oldest forty of all and of each owner, the longest in its stage
-- first.

{% set deals_shown = 40 %}

with

open_deals as (

    select * from {{ ref('int_reports__open_deals') }}

),

ranked_deals as (

    select
        *,
        row_number() over (order by stage_days desc, deal_id) as rank_of_all,
        row_number() over (partition by person_id order by stage_days desc, deal_id)
            as rank_of_person

    from open_deals

)

select
    ranked_deals.deal_id,
    coalesce(ranked_deals.person_id, 'unattributed') as person_id,
    {{ message('sales.owner', {
        'person': 'coalesce(' ~ person_label('people') ~ ', ranked_deals.person_id)'
    }) }} as person_label_message,
    coalesce(product_lines.product_line_label, ranked_deals.product_line_id)
        as product_line_label,
    {{ message('sales.stage', {'stage': 'ranked_deals.stage'}) }} as stage_message,
    cast(ranked_deals.stage_days as integer) as stage_days,
    cast(ranked_deals.open_days as integer) as open_days,
    ranked_deals.amount,
    cast(ranked_deals.rank_of_all as integer) as rank_of_all,
    cast(ranked_deals.rank_of_person as integer) as rank_of_person

from ranked_deals
left join {{ ref('dim_people') }} as people
    on ranked_deals.person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on ranked_deals.product_line_id = product_lines.product_line_id
where
    ranked_deals.rank_of_all <= {{ deals_shown }}
    or ranked_deals.rank_of_person <= {{ deals_shown }}
