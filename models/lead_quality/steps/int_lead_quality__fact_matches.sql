-- One row per lead and rule that fits what is known of the lead: at creation, or (BANT) by now.

with

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

-- Fields no rule names would be carried for every lead and read by nobody.
named_fields as (

    select distinct field from day_rules

),

-- What a lead is itself holds on either basis (basis null).
lead_facts as (

    {% for field in lead_fields() %}
    select
        lead_id,
        created_date,
        cast(null as varchar) as basis,
        '{{ field }}' as field,
        {{ field }} as field_value

    from {{ ref('int_lead_quality__described_leads') }} as described_leads
    where '{{ field }}' in (select field from named_fields)

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

    from {{ ref('int_lead_quality__answers') }} as answers
    where {{ condition }}

    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

-- A question left open is a fact where some rule wants it open; other silences match no rule.
awaited_silences as (

    select distinct
        day_rules.created_date,
        day_rules.basis,
        day_rules.field

    from day_rules
    inner join {{ ref('questions') }} as questions
        on day_rules.field = questions.question_id
    where day_rules.operator = 'is_unknown'

),

silences as (

    select
        leads.lead_id,
        leads.created_date,
        awaited_silences.basis,
        awaited_silences.field,
        cast(null as varchar) as field_value

    from {{ ref('stg_files__leads') }} as leads
    inner join awaited_silences
        on leads.created_date = awaited_silences.created_date
    left join answer_facts
        on leads.lead_id = answer_facts.lead_id
        and awaited_silences.field = answer_facts.field
        and awaited_silences.basis = answer_facts.basis
    where answer_facts.lead_id is null

),

facts as (

    select * from lead_facts
    union all
    select * from answer_facts
    union all
    select * from silences

),

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
    -- Only the rules in force on the lead's day that name the field are looked at.
    inner join day_rules
        on facts.created_date = day_rules.created_date
        and facts.field = day_rules.field
        and (facts.basis is null or facts.basis = day_rules.basis)
    where {{ rule_applies('day_rules', 'facts.field_value') }}

)

select * from fact_matches
