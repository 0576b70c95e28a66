-- One row per pool, period, department and payee: the department's part of the pool by its share,
-- and the payee's part of that by weight and days. The parts sum to the pool, to the last cent.

with

pools as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

-- Shares as ten-thousandths, so that the split is arithmetic on whole numbers.
shared_pools as (

    select
        pools.pool_id,
        pools.period_start,
        departments.department_id,
        cast(departments.share as decimal(9, 4)) as department_share,
        {{ to_cents('pools.pool_amount') }} as total_cents,
        {{ smallest_units('departments.share', 4) }} as units,
        sum({{ smallest_units('departments.share', 4) }}) over (
            partition by pools.pool_id, pools.period_start
        ) as all_units

    from pools
    inner join {{ ref('pool_departments') }} as departments
        on pools.pool_id = departments.pool_id
        and {{ is_in_force('departments', 'pools.period_start') }}

),

floored_shares as (

    select
        *,
        {{ whole_quotient(whole_product('total_cents', 'units'), 'all_units') }} as floored_cents,
        {{ whole_remainder(whole_product('total_cents', 'units'), 'all_units') }} as left_over

    from shared_pools

),

department_amounts as (

    select
        pool_id,
        period_start,
        department_id,
        department_share,
        {{ from_cents(allocated_cents(
            'total_cents', 'floored_cents', 'left_over', 'pool_id, period_start', 'department_id'
        )) }} as department_amount

    from floored_shares

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
    inner join {{ ref('pool_members') }} as members
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
        cast(sum({{ whole_product('weight_units', 'active_days') }}) as bigint) as units

    from active_members
    group by pool_id, period_start, department_id, payee_id

),

weighted_payees as (

    select
        weights.*,
        departments.department_share,
        departments.department_amount,
        {{ to_cents('departments.department_amount') }} as total_cents,
        sum(weights.units) over (
            partition by weights.pool_id, weights.period_start, weights.department_id
        ) as all_units

    from weights
    inner join department_amounts as departments
        on weights.pool_id = departments.pool_id
        and weights.period_start = departments.period_start
        and weights.department_id = departments.department_id

),

floored_parts as (

    select
        *,
        {{ whole_quotient(whole_product('total_cents', 'units'), 'all_units') }} as floored_cents,
        {{ whole_remainder(whole_product('total_cents', 'units'), 'all_units') }} as left_over

    from weighted_payees

),

-- The department's part is paid to the last cent; ties go to the lowest payee id.
pool_payouts as (

    select
        pools.*,
        parts.department_id,
        parts.payee_id,
        parts.department_share,
        parts.department_amount,
        parts.active_days,
        {{ from_cents(allocated_cents(
            'parts.total_cents', 'parts.floored_cents', 'parts.left_over',
            'parts.pool_id, parts.period_start, parts.department_id', 'parts.payee_id'
        )) }} as payout_amount

    from floored_parts as parts
    inner join pools
        on parts.pool_id = pools.pool_id
        and parts.period_start = pools.period_start

)

select * from pool_payouts
