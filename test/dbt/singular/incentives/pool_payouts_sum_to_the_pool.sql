-- A pool is paid exactly, and no pool with money in it is left without anybody to pay it to.

with

payout_sums as (

    select
        pool_id,
        period_start,
        sum(payout_amount) as payout_amount

    from {{ ref('fct_pool_payouts') }}
    group by pool_id, period_start

)

select
    pools.pool_id,
    pools.period_start,
    pools.pool_amount,
    payout_sums.payout_amount

from {{ ref('int_incentives__pool_amounts') }} as pools
left join payout_sums
    on pools.pool_id = payout_sums.pool_id
    and pools.period_start = payout_sums.period_start
where pools.pool_amount is distinct from payout_sums.payout_amount
