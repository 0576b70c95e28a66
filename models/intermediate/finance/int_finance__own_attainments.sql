-- One row per payee and month: the attainments of the parts of the plan, averaged by their weights.
-- Empty while one of them is missing.

with

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

weighted_sums as (

    select
        payee_id,
        period_start,
        sum(weight) as weight,
        case
            when count(attainment) = count(*)
                then cast(sum(weight * attainment) as decimal(28, 10))
        end as weighted_attainment

    from attainments
    group by payee_id, period_start

),

own_attainments as (

    select
        payee_id,
        period_start,
        {{ exact_ratio('weighted_attainment', 'weight') }} as own_attainment

    from weighted_sums

)

select * from own_attainments
