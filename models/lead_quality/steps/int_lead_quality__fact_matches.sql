-- One row per lead and rule that fits what is known of the lead: at creation, or (BANT) by now.
-- Rules read lower case text, null where unknown.

with

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

leads as (

    select
        *,
        {{ company_time('created_at') }} as created_time

    from {{ ref('stg_files__leads') }}

),

-- The visit in which the form was sent began before it and counts.
visits as (

    select
        leads.lead_id,
        count(*) as visits_before,
        cast(sum(sessions.page_views) as bigint) as page_views_before,
        min(sessions.started_date) as first_visit_date

    from leads
    inner join {{ ref('stg_files__lead_visitors') }} as lead_visitors
        on leads.lead_id = lead_visitors.lead_id
    inner join {{ ref('stg_files__sessions') }} as sessions
        on lead_visitors.visitor_id = sessions.visitor_id
        and sessions.started_at <= leads.created_at
    group by leads.lead_id

),

described_leads as (

    select
        leads.lead_id,
        leads.created_date,
        lower(lead_channels.channel_id) as channel,
        lower(lead_channels.campaign_id) as campaign_id,
        lower(leads.landing_page) as landing_page,
        leads.product_line_id as product_line,
        lower(leads.country_code) as country_code,
        case when leads.company_name is not null then 'true' else 'false' end as has_company,
        case when leads.email is not null then 'true' else 'false' end as has_email,
        nullif(split_part(leads.email, '@', 2), '') as email_domain,
        visits.visits_before,
        visits.page_views_before,
        {{ dbt.datediff('visits.first_visit_date', 'leads.created_date', 'day') }}
            as days_since_first_visit,
        extract(hour from leads.created_time) as created_hour,
        days.weekday as created_weekday

    from leads
    left join {{ ref('fct_lead_channels') }} as lead_channels
        on leads.lead_id = lead_channels.lead_id
    left join visits
        on leads.lead_id = visits.lead_id
    left join {{ ref('dim_business_days') }} as days
        on leads.created_date = days.date_day

),

-- What a lead is itself holds on either basis (basis null). Fields no rule names would be carried
-- for every lead and read by nobody.
lead_facts as (

    {% for field in lead_fields() %}
    select
        lead_id,
        created_date,
        cast(null as varchar) as basis,
        '{{ field }}' as field,
        cast({{ field }} as varchar) as field_value
    from described_leads
    where '{{ field }}' in (select field from day_rules)
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

answer_facts as (

    {% for basis, condition in [
        ('creation', 'was_known_at_creation and known_number = 1'),
        ('latest', 'latest_number = 1 and created_date is not null'),
    ] %}
    select
        lead_id,
        created_date,
        '{{ basis }}' as basis,
        question_id as field,
        answer_value as field_value
    from {{ ref('int_lead_quality__answers') }}
    where {{ condition }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

-- A question left open is a fact where some rule wants it open; other silences match no rule.
silences as (

    select distinct
        leads.lead_id,
        leads.created_date,
        day_rules.basis,
        day_rules.field,
        cast(null as varchar) as field_value

    from leads
    inner join day_rules
        on leads.created_date = day_rules.created_date
        and day_rules.operator = 'is_unknown'
    inner join {{ ref('questions') }} as questions
        on day_rules.field = questions.question_id
    left join answer_facts
        on leads.lead_id = answer_facts.lead_id
        and day_rules.field = answer_facts.field
        and day_rules.basis = answer_facts.basis
    where answer_facts.lead_id is null

),

facts as (

    select * from lead_facts
    union all
    select * from answer_facts
    union all
    select * from silences

),

-- Only the rules in force on the lead's day that name the field are looked at.
fact_matches as (

    select
        facts.lead_id,
        day_rules.rule_set,
        day_rules.rule_version,
        day_rules.rule_id,
        day_rules.rule_label,
        day_rules.field,
        facts.field_value,
        day_rules.operator,
        day_rules.rule_value,
        day_rules.points,
        day_rules.outcome

    from facts
    inner join day_rules
        on facts.created_date = day_rules.created_date
        and facts.field = day_rules.field
        and (facts.basis is null or facts.basis = day_rules.basis)
    where {{ rule_applies('day_rules', 'facts.field_value') }}

)

select * from fact_matches
