-- One row per payee and month with a shared pool: the pools' parts summed, or why they are missing.

with

pool_lines as (

    select * from {{ ref('int_incentives__pool_lines') }}

),

pool_totals as (

    select
        payee_id,
        period_start,
        case
            when count(*) = count(amount) then cast(sum(amount) as decimal(28, 2))
        end as pool_amount,
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        min(reason) as reason

    from pool_lines
    group by payee_id, period_start

)

select * from pool_totals
