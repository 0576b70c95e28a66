-- One row per payee and month: the sum of the components, exact, or why it is missing.

with

component_amounts as (

    select * from {{ ref('int_incentives__component_amounts') }}

),

-- One missing number makes the whole sum missing: a sum of the others would take it as zero.
component_sums as (

    select
        payee_id,
        period_start,
        case
            when count(*) = count(component_amount_days)
                then cast(sum(component_amount_days) as decimal(38, 16))
        end as sum_amount_days,
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        min(reason) as reason

    from component_amounts
    group by payee_id, period_start

)

select * from component_sums
