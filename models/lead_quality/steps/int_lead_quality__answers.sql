-- One row per answer of a lead: as it was given, and as rules read it.

with

answers as (

    select * from {{ ref('stg_files__lead_answers') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

questions as (

    select * from {{ ref('questions') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

read_answers as (

    select
        answers.*,
        leads.created_date,
        coalesce(answers.answered_at <= leads.created_at, false) as was_known_at_creation,
        coalesce(questions.question_label, answers.question_id) as question_label,
        questions.answer_type,
        questions.bant_part,
        case when questions.answer_type = 'number' then {{ exact_number('answers.answer') }} end
            as answer_number,
        case
            when questions.answer_type = 'number'
                then {{ plain_number(exact_number('answers.answer')) }}
            when questions.answer_type = 'text' then lower(answers.answer)
            when lower(answers.answer) in ('true', 'yes', 'y', '1') then 'true'
            when lower(answers.answer) in ('false', 'no', 'n', '0') then 'false'
        end as read_value

    from answers
    inner join as_of
        on answers.answered_at <= as_of.observed_until
    left join leads
        on answers.lead_id = leads.lead_id
    left join questions
        on answers.question_id = questions.question_id

),

ranked_answers as (

    select
        *,
        case when answer_type is not null then read_value end as answer_value,
        row_number() over (
            partition by lead_id, question_id order by answered_at desc
        ) as latest_number,
        row_number() over (
            partition by lead_id, question_id, was_known_at_creation order by answered_at desc
        ) as known_number

    from read_answers

)

select * from ranked_answers
