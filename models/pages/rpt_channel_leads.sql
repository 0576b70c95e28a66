-- One row per lead among the newest fifty of its channel: its status, who has it, whether it was
-- worked and what it earned. No names or addresses: whoever opens the site can read every row.

{% set leads_shown = 50 %}

with

leads as (

    select * from {{ ref('dim_leads') }}

),

outcomes as (

    select * from {{ ref('int_reports__lead_outcomes') }}

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

ranked_leads as (

    select
        *,
        row_number() over (partition by channel_id order by created_at desc, lead_id desc)
            as lead_rank,
        count(*) over (partition by channel_id) as lead_count

    from leads

),

described_leads as (

    select
        coalesce(ranked_leads.channel_id, 'unattributed') as channel_id,
        cast(ranked_leads.lead_rank as integer) as lead_rank,
        cast(ranked_leads.lead_count as bigint) as lead_count,
        ranked_leads.lead_id,
        ranked_leads.created_date,
        coalesce(campaigns.campaign_name, ranked_leads.campaign_id) as campaign_name,
        coalesce(product_lines.product_line_label, ranked_leads.product_line_id)
            as product_line_label,
        case when streams.is_connected then ranked_leads.current_stage end as stage,
        coalesce({{ person_label('people') }}, ranked_leads.person_id) as person_label,
        case
            when not streams.is_connected then null
            when handovers.lead_id is null then 'not_handed_over'
            when handovers.is_ignored then 'ignored'
            when handovers.first_human_activity_at is not null then 'worked'
            when handovers.response_due_at < as_of.observed_until then 'overdue'
            else 'waiting'
        end as worked_state,
        outcomes.outcome,
        outcomes.lost_reason,
        outcomes.collected_amount

    from ranked_leads
    cross join {{ ref('dim_as_of') }} as as_of
    -- Without its events nothing is known of a lead's way.
    inner join {{ ref('dim_streams') }} as streams
        on streams.stream = 'lead_events'
    inner join outcomes
        on ranked_leads.lead_id = outcomes.lead_id
    left join handovers
        on ranked_leads.lead_id = handovers.lead_id
    left join {{ ref('dim_campaigns') }} as campaigns
        on ranked_leads.campaign_id = campaigns.campaign_id
    left join {{ ref('dim_product_lines') }} as product_lines
        on ranked_leads.product_line_id = product_lines.product_line_id
    left join {{ ref('dim_people') }} as people
        on ranked_leads.person_id = people.person_id
    where ranked_leads.lead_rank <= {{ leads_shown }}

)

select
    channel_id,
    lead_rank,
    lead_count,
    lead_id,
    created_date,
    campaign_name,
    product_line_label,
    case
        when stage is not null then {{ message('channel.stage', {'stage': 'stage'}) }}
    end as stage_label_message,
    person_label,
    case
        when worked_state is not null
            then {{ message('channel.worked_state', {'state': 'worked_state'}) }}
    end as worked_state_message,
    case
        when outcome in ('won', 'lost')
            then {{ message('channel.deal_state', {'state': 'outcome'}) }}
    end as deal_state_message,
    lost_reason,
    collected_amount

from described_leads
