-- One row per step of a lead: its inquiry, the stages it entered, whom it went to and what sales
-- said of it.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

campaigns as (

    select * from {{ ref('dim_campaigns') }}

),

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

inquiries as (

    select
        leads.lead_id,
        leads.created_at as occurred_at,
        'inquiry' as event_kind,
        leads.lead_id as event_id,
        20 as event_order,
        cast(null as varchar) as person_id,
        'Inquiry' as title,
        coalesce(channels.channel_label, 'Unknown channel')
        || coalesce(', ' || campaigns.campaign_name, '')
        || coalesce(', ' || leads.landing_page, '') as detail

    from leads
    left join channels
        on leads.channel_id = channels.channel_id
    left join campaigns
        on leads.campaign_id = campaigns.campaign_id

),

stages_and_assignments as (

    select
        lead_id,
        occurred_at,
        case event_type when 'assigned' then 'assignment' else 'stage' end as event_kind,
        event_id,
        {{ lead_step_order('event_type') }} as event_order,
        person_id,
        {{ lead_step_title('event_type') }} as title,
        reason as detail

    from lead_events
    where event_type != 'verdict'

),

-- A verdict may come alone or with another step.
verdicts as (

    select
        lead_id,
        occurred_at,
        'verdict' as event_kind,
        event_id,
        750 as event_order,
        person_id,
        'Verdict of sales: ' || replace(verdict, '_', ' ') as title,
        case event_type when 'verdict' then reason end as detail

    from lead_events
    where verdict is not null

),

lead_steps as (

    {% for part in ['inquiries', 'stages_and_assignments', 'verdicts'] %}
    select
        *,
        cast(null as decimal(28, 2)) as amount,
        cast(null as varchar) as deal_id,
        cast(null as varchar) as client_id

    from {{ part }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from lead_steps
