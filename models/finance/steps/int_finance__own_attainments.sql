-- One row per payee and month: the attainments of the parts of the plan, averaged by their weights.
-- Empty while one of them is missing, and where no plan pays.

with

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

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
                then cast(sum({{ product('weight', 4, 'attainment', 10) }}) as decimal(28, 10))
        end as weighted_attainment

    from attainments
    where weight is not null
    group by payee_id, period_start

),

own_attainments as (

    select
        statements.payee_id,
        statements.period_start,
        {{ exact_ratio('weighted_sums.weighted_attainment', 'weighted_sums.weight') }}
            as own_attainment

    from statements
    left join weighted_sums
        on statements.payee_id = weighted_sums.payee_id
        and statements.period_start = weighted_sums.period_start

)

select * from own_attainments
