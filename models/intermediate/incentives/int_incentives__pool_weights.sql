-- One row per pool, period, department and payee: what the payee weighs in the department's part.

with

pool_amounts as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

members as (

    select * from {{ ref('pool_members') }}

),

active_members as (

    select
        pool_amounts.pool_id,
        pool_amounts.period_start,
        members.department_id,
        members.payee_id,
        {{ smallest_units('members.weight', 4) }} as weight_units,
        {{ datediff(
            'greatest(members.valid_from, pool_amounts.period_start)',
            'least(coalesce(members.valid_to, pool_amounts.period_end), pool_amounts.period_end)',
            'day'
        ) }} as active_days

    from pool_amounts
    inner join members
        on pool_amounts.pool_id = members.pool_id
        and members.valid_from < pool_amounts.period_end
        and coalesce(members.valid_to, pool_amounts.period_end) > pool_amounts.period_start

),

-- A weight counts for the days its member was there: ten-thousandths x days, whole numbers.
pool_weights as (

    select
        pool_id,
        period_start,
        department_id,
        payee_id,
        cast(sum(active_days) as integer) as active_days,
        cast(sum({{ whole_product('weight_units', 'active_days') }}) as bigint) as weight_units

    from active_members
    group by pool_id, period_start, department_id, payee_id

)

select * from pool_weights
