-- One row per answer of a lead to a question.

with

answers as (

    select * from {{ ref('int_lead_quality__answers') }}

),

marked_answers as (

    select
        lead_id,
        question_id,
        question_label,
        answer_type,
        bant_part,
        answered_at,
        answered_date,
        answer,
        answer_value,
        answer_number,
        person_id,
        latest_number = 1 as is_latest,
        was_known_at_creation and known_number = 1 as is_latest_at_creation,
        was_known_at_creation,
        case
            when created_date is null then 'the lead is not known'
            when answer_type is null then 'the question is not declared'
            when answer_value is null and answer_type = 'number' then 'not a number'
            when answer_value is null and answer_type = 'boolean' then 'neither yes nor no'
        end as unread_reason

    from answers

)

select * from marked_answers
