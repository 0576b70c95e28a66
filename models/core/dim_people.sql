-- One row per person: those the company declared (as they are in their latest row), and any other
-- whom a lead, deal or activity names, so that nobody's work is lost from the totals.

with

declared_people as (

    select * from {{ ref('people') }}

),

numbered_people as (

    select
        *,
        row_number() over (partition by person_id order by valid_from desc) as version_number

    from declared_people

),

latest_people as (

    select * from numbered_people
    where version_number = 1

),

named_people as (

    select person_id from {{ ref('stg_files__deals') }}

    union

    select person_id from {{ ref('stg_files__lead_events') }}

    union

    select person_id from {{ ref('stg_files__activities') }}

    union

    select person_id from {{ ref('stg_files__lead_audits') }}

    union

    select person_id from {{ ref('stg_files__client_assignments') }}

),

all_people as (

    select
        coalesce(latest_people.person_id, named_people.person_id) as person_id,
        coalesce(latest_people.person_name, named_people.person_id) as person_name,
        latest_people.department_id,
        latest_people.team,
        latest_people.person_id is not null as is_declared

    from latest_people
    full outer join named_people
        on latest_people.person_id = named_people.person_id

)

select * from all_people
where person_id is not null
