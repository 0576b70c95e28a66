-- One row per turned-down lead to look at again, in the order to do it: the most valuable first,
-- among equals the one that waits longest. Those too old to win back are a list of their own. The
-- first hundred of each.

{% set leads_shown = 100 %}

with

waiting_audits as (

    select * from {{ ref('int_reports__waiting_audits') }}

),

ranked_leads as (

    select
        *,
        row_number() over (
            partition by is_too_old
            order by coalesce(expected_amount, 0) desc, waiting_days desc, lead_id
        ) as queue_rank

    from waiting_audits

)

select
    case when ranked_leads.is_too_old then 'too_old' else 'queue' end as list,
    cast(ranked_leads.queue_rank as integer) as queue_rank,
    ranked_leads.lead_id,
    {{ lead_path('ranked_leads.lead_id') }} as lead_path,
    cast(ranked_leads.expected_amount as decimal(28, 2)) as expected_amount,
    ranked_leads.tier_label,
    case when ranked_leads.is_overdue then 'overdue' else 'in time' end as waiting_state,
    case when ranked_leads.is_overdue then 'bad' else 'neutral' end as tone,
    ranked_leads.waiting_since_date,
    ranked_leads.due_date,
    cast(ranked_leads.waiting_days as integer) as waiting_days,
    coalesce(
        ranked_leads.reason,
        case ranked_leads.exit_kind when 'junk' then 'called junk' else 'no reason given' end
    ) as reason,
    coalesce({{ person_label('people') }}, ranked_leads.rejected_by_person_id, 'not recorded')
        as person_label,
    coalesce(product_lines.product_line_label, ranked_leads.product_line_id, 'none')
        as product_line_label,
    coalesce(channels.channel_label, 'Unattributed') as channel_label

from ranked_leads
left join {{ ref('dim_people') }} as people
    on ranked_leads.rejected_by_person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on ranked_leads.product_line_id = product_lines.product_line_id
left join {{ ref('dim_channels') }} as channels
    on ranked_leads.channel_id = channels.channel_id
where ranked_leads.queue_rank <= {{ leads_shown }}
