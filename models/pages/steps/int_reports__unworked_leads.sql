-- One row per lead handed to sales that nobody has worked and nobody has judged, in the order to
-- work them. Those that can still be answered: the better tier first, in it the hotter, in it the
-- longest waiting in business minutes without pauses. Those neglected: the newest first.

with

waiting_leads as (

    select
        handovers.lead_id,
        handovers.person_id,
        handovers.product_line_id,
        handovers.channel_id,
        handovers.campaign_id,
        handovers.assigned_at,
        handovers.response_due_at,
        case
            when handovers.is_judged_ignored then 'ignored'
            when handovers.response_due_at < as_of.observed_until then 'overdue'
            else 'waiting'
        end as waiting_state,
        case when handovers.is_judged_ignored then 'neglected' else 'call_now' end as list,
        handovers.elapsed_minutes as waiting_business_minutes,
        {{ dbt.datediff('handovers.assigned_date', 'as_of.as_of_date', 'day') }}
            as waiting_days,
        leads.cost_amount

    from {{ ref('fct_lead_handovers') }} as handovers
    cross join {{ ref('dim_as_of') }} as as_of
    inner join {{ ref('dim_leads') }} as leads
        on handovers.lead_id = leads.lead_id
    where
        handovers.first_human_activity_at is null
        and not handovers.is_accepted
        and not handovers.is_rejected
        and (handovers.verdict is null or handovers.verdict = 'in_work')

),

-- A lead without a tier comes after every tier: what it may bring is not known.
placed_leads as (

    select
        waiting_leads.*,
        lead_scores.tier_label,
        lead_scores.heat_label,
        lead_scores.expected_amount,
        {% for order in ['tier_order', 'heat_order'] %}
        case
            when waiting_leads.list = 'call_now' then coalesce(lead_scores.{{ order }}, 1000000)
        end as {{ order }},
        {% endfor %}
        case
            when waiting_leads.list = 'call_now' then -waiting_leads.waiting_business_minutes
            else waiting_leads.waiting_days
        end as list_position

    from waiting_leads
    left join {{ ref('fct_lead_bands') }} as lead_scores
        on waiting_leads.lead_id = lead_scores.lead_id

),

{% set work_order = 'tier_order, heat_order, list_position, assigned_at, lead_id' %}

numbered_leads as (

    select
        *,
        row_number() over (partition by list order by {{ work_order }}) as rank_of_all,
        row_number() over (partition by list, person_id order by {{ work_order }})
            as rank_of_person

    from placed_leads

)

select
    *,
    least(rank_of_all, rank_of_person) <= 40 as is_listed

from numbered_leads
