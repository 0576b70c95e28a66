-- One row per payee, month and component: the line with the part earned, before any gate. The amount
-- is empty in a month with a missing number; the sentence says which.

with

member_periods as (

    select * from {{ ref('int_incentives__member_periods') }}

),

attainments as (

    select * from {{ ref('int_incentives__component_attainments') }}

),

factors as (

    select * from {{ ref('int_incentives__component_factors') }}

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
        case
            when attainments.reason is not null then 'not available: ' || attainments.reason
            when attainments.measured < attainments.threshold
                then attainments.measure || ' ' || {{ number_text('attainments.measured') }}
                    || ' is below the threshold of '
                    || {{ number_text('attainments.threshold') }} || ': nothing is paid'
            else
                attainments.measure || ' ' || {{ number_text('attainments.measured') }}
                || case
                    when attainments.payout_basis = 'kpi_value'
                        then ' pays ' || {{ number_text('factors.curve_factor') }}
                            || ' by the ' || attainments.curve || ' rates'
                    when attainments.curve <> 'linear'
                        then ' gives factor ' || {{ number_text('factors.curve_factor') }}
                            || ' by the ' || attainments.curve || ' tiers'
                    when attainments.measured > attainments.cap
                        then ', capped at ' || {{ number_text('attainments.cap') }} || ','
                    when attainments.measured < 0
                        then ', counted as 0.00,'
                    else ''
                end
                || ' x weight ' || {{ number_text('attainments.weight') }}
                || case attainments.payout_basis
                    when 'target_amount'
                        then ' x target ' || {{ number_text('member_periods.target_amount') }}
                    else ''
                end
        end as explanation,
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
    inner join member_periods
        on attainments.payee_id = member_periods.payee_id
        and attainments.period_start = member_periods.period_start
    left join line_amounts
        on attainments.payee_id = line_amounts.payee_id
        and attainments.period_start = line_amounts.period_start
        and attainments.component_id = line_amounts.component_id

)

select * from own_parts
