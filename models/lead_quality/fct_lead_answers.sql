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
            when created_date is null then {{ message('lead_quality.unread.unknown_lead') }}
            when answer_type is null then {{ message('lead_quality.unread.undeclared') }}
            when answer_value is null and answer_type = 'number'
                then {{ message('lead_quality.unread.no_number') }}
            when answer_value is null and answer_type = 'boolean'
                then {{ message('lead_quality.unread.no_boolean') }}
        end as unread_reason_message

    from answers

)

select * from marked_answers
