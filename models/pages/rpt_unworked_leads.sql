-- One row per lead that waits to be worked, in the order to work them. Those that can still be
-- answered: the better tier first, in it the hotter, in it the longest waiting. What was left
-- lying: the freshest first. Of each person and list the first forty.

{% set leads_shown = 40 %}

with

unworked_leads as (

    select * from {{ ref('int_reports__unworked_leads') }}

),

lead_scores as (

    select * from {{ ref('fct_lead_bands') }}

),

-- A lead without a tier comes after every tier: what it may bring is not known.
listed_leads as (

    select
        unworked_leads.*,
        lead_scores.tier_label,
        lead_scores.heat_label,
        lead_scores.expected_amount,
        case when waiting_state = 'ignored' then 'left_lying' else 'call_now' end as list,
        case
            when unworked_leads.waiting_state != 'ignored'
                then coalesce(lead_scores.tier_order, 1000000)
        end as tier_order,
        case
            when unworked_leads.waiting_state != 'ignored'
                then coalesce(lead_scores.heat_order, 1000000)
        end as heat_order,
        case
            when unworked_leads.waiting_state = 'ignored' then unworked_leads.waiting_days
            else -unworked_leads.waiting_business_minutes
        end as list_position

    from unworked_leads
    left join lead_scores
        on unworked_leads.lead_id = lead_scores.lead_id

),

{% set work_order = 'tier_order, heat_order, list_position, assigned_at, lead_id' %}

numbered_leads as (

    select
        *,
        row_number() over (partition by list order by {{ work_order }}) as rank_of_all,
        row_number() over (partition by list, person_id order by {{ work_order }})
            as rank_of_person

    from listed_leads

)

select
    numbered_leads.list,
    cast(numbered_leads.rank_of_all as integer) as rank_of_all,
    cast(numbered_leads.rank_of_person as integer) as rank_of_person,
    numbered_leads.lead_id,
    {{ lead_path('numbered_leads.lead_id') }} as lead_path,
    numbered_leads.tier_label,
    numbered_leads.heat_label,
    numbered_leads.expected_amount,
    coalesce(numbered_leads.person_id, 'unattributed') as person_id,
    coalesce({{ person_label('people') }}, numbered_leads.person_id, 'No owner') as person_label,
    coalesce(product_lines.product_line_label, numbered_leads.product_line_id)
        as product_line_label,
    coalesce(channels.channel_label, 'Unattributed') as channel_label,
    coalesce(campaigns.campaign_name, numbered_leads.campaign_id) as campaign_name,
    numbered_leads.waiting_state,
    case numbered_leads.waiting_state when 'waiting' then 'neutral' else 'bad' end as tone,
    substring(cast({{ company_time('numbered_leads.assigned_at') }} as varchar), 1, 16)
        as assigned_local_time,
    substring(cast({{ company_time('numbered_leads.response_due_at') }} as varchar), 1, 16)
        as due_local_time,
    numbered_leads.waiting_business_minutes,
    cast(numbered_leads.waiting_days as integer) as waiting_days,
    numbered_leads.cost_amount

from numbered_leads
left join {{ ref('dim_people') }} as people
    on numbered_leads.person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on numbered_leads.product_line_id = product_lines.product_line_id
left join {{ ref('dim_channels') }} as channels
    on numbered_leads.channel_id = channels.channel_id
left join {{ ref('dim_campaigns') }} as campaigns
    on numbered_leads.campaign_id = campaigns.campaign_id
where
    numbered_leads.rank_of_all <= {{ leads_shown }}
    or numbered_leads.rank_of_person <= {{ leads_shown }}
