-- One row per thing that one department owes the other, with its owner and how it stands.

with

obligations as (

    select * from {{ ref('int_service__obligations') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

-- Where no person is known the department answers.
owned_obligations as (

    select
        obligations.*,
        coalesce(obligations.person_id, obligations.owing_department_id) as owner_id,
        case
            when obligations.person_id is not null
                then coalesce({{ person_label('people') }}, obligations.person_id)
            when obligations.owing_department_id = 'sales' then 'Sales'
            else 'Marketing'
        end as owner_label,
        coalesce(obligations.status != 'pending', false) as is_due,
        case when obligations.status != 'pending' then obligations.status = 'met' end as is_met

    from obligations
    left join people
        on obligations.person_id = people.person_id

)

select * from owned_obligations
