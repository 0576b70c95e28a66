-- One row per pool, period and department: its part of the pool. The parts sum to the pool.

with

pool_amounts as (

    select * from {{ ref('int_incentives__pool_amounts') }}

),

departments as (

    select * from {{ ref('pool_departments') }}

),

-- Shares as ten-thousandths, so that the split is arithmetic on whole numbers.
shared_pools as (

    select
        pool_amounts.pool_id,
        pool_amounts.period_start,
        departments.department_id,
        cast(departments.share as decimal(9, 4)) as department_share,
        {{ smallest_units('departments.share', 4) }} as share_units,
        {{ to_cents('pool_amounts.pool_amount') }} as total_cents

    from pool_amounts
    inner join departments
        on pool_amounts.pool_id = departments.pool_id
        and {{ is_in_force('departments', 'pool_amounts.period_start') }}

),

summed_shares as (

    select
        *,
        sum(share_units) over (partition by pool_id, period_start) as all_units

    from shared_pools

),

floored_shares as (

    select
        *,
        {{ whole_quotient(whole_product('total_cents', 'share_units'), 'all_units') }}
            as floored_cents,
        {{ whole_remainder(whole_product('total_cents', 'share_units'), 'all_units') }}
            as left_over

    from summed_shares

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

)

select * from department_amounts
