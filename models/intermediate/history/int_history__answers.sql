-- One row per answer of a lead.

with

lead_answers as (

    select * from {{ ref('stg_files__lead_answers') }}

),

questions as (

    select * from {{ ref('questions') }}

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
        coalesce(questions.question_label, lead_answers.question_id) as title,
        lead_answers.answer as detail,
        cast(null as decimal(28, 2)) as amount,
        cast(null as varchar) as deal_id,
        cast(null as varchar) as client_id

    from lead_answers
    left join questions
        on lead_answers.question_id = questions.question_id

)

select * from answers
