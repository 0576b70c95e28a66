-- One row per lead with a card and question: its latest answer.

with

answers as (

    select * from {{ ref('fct_lead_answers') }}
    where is_latest

),

shown_leads as (

    select * from {{ ref('int_reports__shown_leads') }}

)

select
    answers.lead_id,
    answers.question_id,
    coalesce(answers.question_label, answers.question_id) as question_label,
    answers.bant_part,
    answers.answer,
    answers.answered_date,
    coalesce({{ person_label('people') }}, answers.person_id) as person_label,
    answers.unread_reason_message

from answers
inner join shown_leads
    on answers.lead_id = shown_leads.lead_id
left join {{ ref('dim_people') }} as people
    on answers.person_id = people.person_id
