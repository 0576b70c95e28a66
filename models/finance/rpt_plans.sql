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
        {{ message('plain', {'text': as_list_of_rows(
            as_message(message('pay.member', {
                'name': 'coalesce(people.person_name, members.payee_id)',
                'amount': as_exact_money('members.target_amount', 'plan_months.currency_code')
            })),
            'people.person_name, members.valid_from'
        )}) }} as member_text_message

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
        {{ message('pay.dates', {
            'dates': as_validity('plan_months.valid_from', 'plan_months.valid_to')
        }) }} as plan_dates_text_message,
        {{ message('pay.multiplied_by', {'name': 'multipliers.multiplier_name'}) }}
            as multiplier_text_message,
        {{ message('pay.capped_at', {'share': as_percent('plan_months.cap_share', 12)}) }}
            as cap_text_message,
        coalesce(month_members.member_text_message, {{ message('pay.nobody') }})
            as member_text_message,
        coalesce(month_members.member_count, 0) as member_count,
        plan_months.currency_code

    from plan_months
    left join month_members
        on plan_months.plan_id = month_members.plan_id
        and plan_months.period_start = month_members.period_start
    left join multipliers
        on plan_months.plan_id = multipliers.plan_id
        and {{ is_in_force('multipliers', 'plan_months.period_start') }}

)

select * from plan_rows
