-- One row per month and plan version in force in it: whom it pays, within which limits.

with

plan_months as (

    select * from {{ ref('int_finance__plan_months') }}

),

members as (

    select * from {{ ref('plan_members') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

multipliers as (

    select * from {{ ref('plan_multipliers') }}

),

-- A target that changes within a month is named with both amounts.
month_members as (

    select
        plan_months.plan_id,
        plan_months.period_start,
        count(distinct members.payee_id) as member_count,
        {{ dbt.listagg(
            "coalesce(people.person_name, members.payee_id) || ' '
            || " ~ number_text('members.target_amount'),
            "', '",
            'order by people.person_name, members.valid_from'
        ) }} as member_text

    from plan_months
    inner join members
        on plan_months.plan_id = members.plan_id
        and members.valid_from < plan_months.period_end
        and coalesce(members.valid_to, plan_months.period_end) > plan_months.period_start
    left join people
        on members.payee_id = people.person_id
    group by plan_months.plan_id, plan_months.period_start

),

plan_rows as (

    select
        plan_months.period_start,
        plan_months.period_label,
        plan_months.plan_id,
        plan_months.plan_name,
        plan_months.plan_version,
        plan_months.department_id,
        {{ department_label('plan_months.department_id') }} as department_label,
        {{ validity_text('plan_months.valid_from', 'plan_months.valid_to') }} as plan_dates_text,
        coalesce(multipliers.multiplier_name, 'nothing: the parts are paid as they are')
            as multiplier_text,
        coalesce(
            {{ bound_text('plan_months.cap_share', "'attainment'", "''") }}
            || ' of the bonus at target',
            'no cap'
        ) as cap_text,
        coalesce(month_members.member_text, 'nobody') as member_text,
        coalesce(month_members.member_count, 0) as member_count,
        plan_months.currency_code

    from plan_months
    left join month_members
        on plan_months.plan_id = month_members.plan_id
        and plan_months.period_start = month_members.period_start
    left join multipliers
        on plan_months.plan_id = multipliers.plan_id
        and {{ in_force('multipliers', 'plan_months.period_start') }}

)

select * from plan_rows
