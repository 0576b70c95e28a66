-- One row per lead, field a rule names and basis: what was known at creation, or is known now.
-- Fields of the lead itself hold on either basis (basis null).

{{ config(materialized='view') }}

with

answers as (

    select * from {{ ref('int_lead_quality__answers') }}

),

-- Fields no rule names would be carried for every lead and read by nobody.
named_fields as (

    select distinct field from {{ ref('int_lead_quality__day_rules') }} as day_rules

),

lead_fields as (

    {% for field in lead_fields() %}
    select
        lead_id,
        created_date,
        '{{ field }}' as field,
        {{ field }} as field_value

    from {{ ref('int_lead_quality__described_leads') }} as described_leads
    where '{{ field }}' in (select field from named_fields)

    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

facts as (

    select
        lead_id,
        created_date,
        cast(null as varchar) as basis,
        field,
        field_value

    from lead_fields

    union all

    select
        lead_id,
        created_date,
        'creation' as basis,
        question_id as field,
        answer_value as field_value

    from answers
    where was_known_at_creation and known_number = 1

    union all

    select
        lead_id,
        created_date,
        'latest' as basis,
        question_id as field,
        answer_value as field_value

    from answers
    where latest_number = 1 and created_date is not null

    union all

    select
        lead_id,
        created_date,
        basis,
        question_id as field,
        cast(null as varchar) as field_value

    from {{ ref('int_lead_quality__unanswered_questions') }} as unanswered_questions

)

select * from facts
