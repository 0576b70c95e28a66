-- One row per day and department: objections to signed statements, by the day they were raised and
-- the department their author is in now.

with

disputes as (

    select
        disputes.opened_on,
        people.department_id as claimant_department_id

    from {{ ref('disputes') }} as disputes
    left join {{ ref('dim_people') }} as people
        on disputes.payee_id = people.person_id

)

{{ sum_measure('pay_disputes', 'disputes', date_day='opened_on') }}
