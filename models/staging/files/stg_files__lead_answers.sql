-- One row per answer of a lead.

with

lead_answers as (

    {{ current_rows('lead_answers') }}

),

leads as (

    select lead_id from {{ ref('stg_files__leads') }}

),

cleaned_lead_answers as (

    select
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('question_id') }} as question_id,
        {{ clean_text('answer') }} as answer,
        answered_at,
        {{ company_date('answered_at') }} as answered_date,
        {{ clean_id('person_id') }} as person_id

    from lead_answers

),

-- What names no lead is about nobody; data health counts it.
known_lead_answers as (

    select cleaned_lead_answers.*
    from cleaned_lead_answers
    inner join leads
        on cleaned_lead_answers.lead_id = leads.lead_id

)

select * from known_lead_answers
