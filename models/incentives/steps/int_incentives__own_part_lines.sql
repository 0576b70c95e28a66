-- One row per payee, month and component: the line with the part earned, before any gate. The
-- amount is empty in a month with a missing number; the sentence says which.

with

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

factors as (

    select * from {{ ref('int_incentives__component_factors') }}

),

sentences as (

    select * from {{ ref('int_incentives__component_sentences') }}

),

line_amounts as (

    select * from {{ ref('int_incentives__line_amounts') }}

),

own_parts as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        attainments.component_order as line_order,
        'own_part' as line_type,
        attainments.component_name as label,
        sentences.explanation,
        attainments.kpi,
        attainments.scope_type,
        attainments.scope_id,
        attainments.value,
        attainments.target,
        attainments.attainment,
        case attainments.payout_basis when 'target_amount' then factors.curve_factor end as factor,
        line_amounts.own_amount as amount

    from attainments
    inner join factors
        on attainments.payee_id = factors.payee_id
        and attainments.period_start = factors.period_start
        and attainments.component_id = factors.component_id
    inner join sentences
        on attainments.payee_id = sentences.payee_id
        and attainments.period_start = sentences.period_start
        and attainments.component_id = sentences.component_id
    left join line_amounts
        on attainments.payee_id = line_amounts.payee_id
        and attainments.period_start = line_amounts.period_start
        and attainments.component_id = line_amounts.component_id

)

select * from own_parts
