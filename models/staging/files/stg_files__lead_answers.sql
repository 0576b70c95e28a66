-- One row per answer of a lead.

with

lead_answers as (

    select * from {{ source('files', 'lead_answers') }}

),

cleaned_lead_answers as (

    select
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('question_id') }} as question_id,
        {{ clean_text('answer') }} as answer,
        answered_at,
        {{ company_date('answered_at') }} as answered_date,
        {{ clean_text('person_id') }} as person_id

    from lead_answers

)

select * from cleaned_lead_answers
