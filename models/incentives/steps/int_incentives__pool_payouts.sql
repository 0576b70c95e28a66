-- One row per pool, period, department and payee: what the payee gets, by weight and days.

with

pools as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

departments as (

    select * from {{ ref('int_incentives__pool_departments') }}

),

members as (

    select * from {{ ref('pool_members') }}

),

active_members as (

    select
        pools.pool_id,
        pools.period_start,
        members.department_id,
        members.payee_id,
        {{ smallest_units('members.weight', 4) }} as weight_units,
        {{ datediff(
            'greatest(members.valid_from, pools.period_start)',
            'least(coalesce(members.valid_to, pools.period_end), pools.period_end)',
            'day'
        ) }} as active_days

    from pools
    inner join members
        on pools.pool_id = members.pool_id
        and members.valid_from < pools.period_end
        and coalesce(members.valid_to, pools.period_end) > pools.period_start

),

-- A weight counts for the days its member was there: ten-thousandths x days, whole numbers.
weights as (

    select
        pool_id,
        period_start,
        department_id,
        payee_id,
        cast(sum(active_days) as integer) as active_days,
        cast(sum({{ whole_product('weight_units', 'active_days') }}) as bigint) as weight_units

    from active_members
    group by pool_id, period_start, department_id, payee_id

),

weighted_payees as (

    select
        weights.*,
        departments.department_share,
        departments.department_amount,
        {{ to_cents('departments.department_amount') }} as total_cents,
        sum(weights.weight_units) over (
            partition by weights.pool_id, weights.period_start, weights.department_id
        ) as all_units

    from weights
    inner join departments
        on weights.pool_id = departments.pool_id
        and weights.period_start = departments.period_start
        and weights.department_id = departments.department_id

),

floored_parts as (

    select
        *,
        {{ whole_quotient(whole_product('total_cents', 'weight_units'), 'all_units') }}
            as floored_cents,
        {{ whole_remainder(whole_product('total_cents', 'weight_units'), 'all_units') }}
            as left_over

    from weighted_payees

),

-- The department's part is paid to the last cent; ties go to the lowest payee id.
pool_payouts as (

    select
        pool_id,
        period_start,
        department_id,
        payee_id,
        department_share,
        department_amount,
        active_days,
        {{ from_cents(allocated_cents(
            'total_cents', 'floored_cents', 'left_over',
            'pool_id, period_start, department_id', 'payee_id'
        )) }} as payout_amount

    from floored_parts

)

select * from pool_payouts
