-- One row per step of a lead: its inquiry, the stages it entered, whom it went to, what it
-- answered, what sales and the audit said of it.

with

lead_events as (

    select * from {{ ref('stg_files__lead_events') }}

),

inquiries as (

    select
        leads.lead_id,
        leads.created_at as occurred_at,
        'inquiry' as event_kind,
        leads.lead_id as event_id,
        {{ lead_step_order("'inquiry'") }} as event_order,
        cast(null as varchar) as person_id,
        cast(null as varchar) as subject,
        {{ message('history.came_by', {
            'channel': 'channels.channel_label',
            'campaign': 'campaigns.campaign_name',
            'page': 'leads.landing_page'
        }) }} as detail_message

    from {{ ref('dim_leads') }} as leads
    left join {{ ref('dim_channels') }} as channels
        on leads.channel_id = channels.channel_id
    left join {{ ref('dim_campaigns') }} as campaigns
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
        event_type as subject,
        {{ text_message('reason') }} as detail_message

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
        verdict as subject,
        case event_type when 'verdict' then {{ text_message('reason') }} end as detail_message

    from lead_events
    where verdict is not null

),

answers as (

    select
        lead_answers.lead_id,
        lead_answers.answered_at as occurred_at,
        'answer' as event_kind,
        lead_answers.lead_id || ':' || lead_answers.question_id || ':'
        || cast(lead_answers.answered_at as varchar) as event_id,
        300 as event_order,
        lead_answers.person_id,
        coalesce(questions.question_label, lead_answers.question_id) as subject,
        {{ text_message('lead_answers.answer') }} as detail_message

    from {{ ref('stg_files__lead_answers') }} as lead_answers
    left join {{ ref('questions') }} as questions
        on lead_answers.question_id = questions.question_id

),

audit_events as (

    select
        lead_id,
        audited_at as occurred_at,
        'audit' as event_kind,
        audit_id as event_id,
        800 as event_order,
        analyst_person_id as person_id,
        verdict as subject,
        case
            when is_judging then {{ text_message('reason') }}
            else
                {{ message('history.audit_not_counted', {
                    'reason': 'reason', 'why': 'not_judging_code'
                }) }}
        end as detail_message

    from {{ ref('fct_lead_audits') }}

),

lead_steps as (

    {% for part in ['inquiries', 'stages_and_assignments', 'verdicts', 'answers', 'audit_events'] %}
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
