-- One row per payee and month under a multiplier: the line with what the company's result changes.

with

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

steps as (

    select * from {{ ref('int_incentives__total_steps') }}

),

multiplier_lines as (

    select
        multipliers.payee_id,
        multipliers.period_start,
        1 as line_order,
        'multiplier' as line_type,
        multipliers.multiplier_name as label,
        case
            when multipliers.reason is not null then 'not available: ' || multipliers.reason
            when multipliers.multiplier is null
                then multipliers.measure || ' ' || {{ number_text('multipliers.measured') }}
                    || ' lies in no tier'
            when steps.payee_id is null
                then 'the multiplier ' || {{ number_text('multipliers.multiplier') }}
                    || ' waits for the number that is missing'
            when steps.amount_before_company < 0
                then 'money paid back is taken back in full, whatever the result'
            else
                multipliers.measure || ' ' || {{ number_text('multipliers.measured') }}
                || case
                    when multipliers.tier_to is null
                        then ' is at least ' || {{ number_text('multipliers.tier_from') }}
                    else
                        ' lies in [' || {{ number_text('multipliers.tier_from') }} || ', '
                        || {{ number_text('multipliers.tier_to') }} || ')'
                end
                || ': ' || {{ number_text('steps.amount_before_company') }}
                || ' x ' || {{ number_text('multipliers.multiplier') }}
        end as explanation,
        multipliers.kpi,
        multipliers.scope_type,
        multipliers.scope_id,
        multipliers.value,
        multipliers.target,
        multipliers.attainment,
        cast(multipliers.multiplier as decimal(38, 14)) as factor,
        steps.multiplier_amount as amount

    from multipliers
    left join steps
        on multipliers.payee_id = steps.payee_id
        and multipliers.period_start = steps.period_start
    where multipliers.multiplier_id is not null

)

select * from multiplier_lines
