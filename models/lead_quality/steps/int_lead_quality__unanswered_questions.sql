-- One row per lead, basis and question it had not answered, of the questions some rule wants
-- unanswered. Other silences match no rule.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('int_lead_quality__answers') }}

),

awaited_silences as (

    select distinct
        day_rules.created_date,
        day_rules.basis,
        questions.question_id

    from day_rules
    inner join questions
        on day_rules.field = questions.question_id
    where day_rules.operator = 'is_unknown'

),

given_answers as (

    select
        lead_id,
        question_id,
        'creation' as basis

    from answers
    where was_known_at_creation and known_number = 1

    union all

    select
        lead_id,
        question_id,
        'latest' as basis

    from answers
    where latest_number = 1

),

unanswered_questions as (

    select
        leads.lead_id,
        leads.created_date,
        awaited_silences.basis,
        awaited_silences.question_id

    from leads
    inner join awaited_silences
        on leads.created_date = awaited_silences.created_date
    left join given_answers
        on leads.lead_id = given_answers.lead_id
        and awaited_silences.question_id = given_answers.question_id
        and awaited_silences.basis = given_answers.basis
    where given_answers.lead_id is null

)

select * from unanswered_questions
