-- One row per lead and event: everything that ever happened to it, from the first visit to the last
-- payment of the client it became, in one line of time. The customer never starts over.

with

leads as (

    select * from {{ ref('stg_files__leads') }}
    where {{ has_come('created_date') }}

),

people as (

    select * from {{ ref('people') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

complaints as (

    select * from {{ ref('fct_complaints') }}
    where lead_id is not null

),

complaint_events as (

    {% for kind, at, order in [
        ('complaint', 'received_at', 950), ('complaint_resolved', 'resolved_at', 960)
    ] %}
    select
        lead_id,
        {{ at }} as occurred_at,
        '{{ kind }}' as event_kind,
        complaint_id as event_id,
        {{ order }} as event_order,
        cast(null as varchar) as person_id,
        kind as subject,
        {% if loop.first %}
        case
            when coalesce(topic, promise) is not null
                then {{ message('history.complained', {'topic': 'topic', 'promise': 'promise'}) }}
        end as detail_message,
        {% else %}
        {{ message('history.resolved', {'days': 'days_to_resolve'}) }} as detail_message,
        {% endif %}
        cast(null as decimal(28, 2)) as amount,
        deal_id,
        client_id

    from complaints
    where {{ at }} is not null
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

events as (

    select * from complaint_events
    {% for part in ['visits', 'lead_steps', 'activities', 'deals'] %}

    union all

    select
        lead_id,
        occurred_at,
        event_kind,
        event_id,
        event_order,
        person_id,
        subject,
        detail_message,
        amount,
        deal_id,
        client_id

    from {{ ref('int_history__' ~ part) }}
    {% endfor %}

),

dated_events as (

    select
        events.*,
        {{ company_date('events.occurred_at') }} as occurred_date,
        min(case when events.event_kind = 'deal_won' then events.occurred_at end) over (
            partition by events.lead_id
        ) as first_won_at

    from events
    inner join leads
        on events.lead_id = leads.lead_id
    inner join as_of
        on events.occurred_at <= as_of.observed_until

),

lead_history as (

    select
        dated_events.lead_id,
        row_number() over (
            partition by dated_events.lead_id
            order by
                dated_events.occurred_at,
                dated_events.event_order,
                dated_events.event_kind,
                dated_events.event_id
        ) as history_number,
        dated_events.occurred_at,
        dated_events.occurred_date,
        dated_events.event_kind,
        dated_events.event_id,
        dated_events.person_id,
        people.department_id,
        {{ message('history.event', {
            'kind': 'dated_events.event_kind', 'subject': 'dated_events.subject'
        }) }} as title_message,
        dated_events.detail_message,
        dated_events.amount,
        case when dated_events.amount is not null then '{{ var("company_currency") }}' end
            as currency_code,
        dated_events.deal_id,
        dated_events.client_id,
        coalesce(dated_events.occurred_at > dated_events.first_won_at, false) as is_after_sale

    from dated_events
    left join people
        on dated_events.person_id = people.person_id
        and {{ is_in_force('people', 'dated_events.occurred_date') }}

)

select * from lead_history
