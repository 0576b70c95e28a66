-- One row per payee, month and component: the arithmetic of the part in words.

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

component_sentences as (

    select
        attainments.payee_id,
        attainments.period_start,
        attainments.component_id,
        case
            when attainments.reason is not null then 'not available: ' || attainments.reason
            when attainments.measured < attainments.threshold and attainments.payout_base >= 0
                then attainments.measure || ' ' || {{ number_text('attainments.measured') }}
                    || ' is below the threshold of '
                    || {{ number_text('attainments.threshold') }} || ': nothing is paid'
            else
                case
                    when attainments.is_highest_factor then 'a value of zero'
                    else attainments.measure || ' ' || {{ number_text('attainments.measured') }}
                end
                || case
                    when attainments.is_highest_factor
                        then ' is beyond any target: factor '
                            || {{ number_text('factors.curve_factor') }}
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
                || coalesce(' x weight ' || {{ number_text('attainments.weight') }}, '')
                || case attainments.payout_basis
                    when 'target_amount'
                        then ' x target ' || {{ number_text('member_periods.target_amount') }}
                            || case
                                when member_periods.active_days < member_periods.period_days
                                    then ' (' || member_periods.active_days || ' of '
                                        || member_periods.period_days || ' days)'
                                else ''
                            end
                    else ''
                end
        end as explanation

    from attainments
    inner join factors
        on attainments.payee_id = factors.payee_id
        and attainments.period_start = factors.period_start
        and attainments.component_id = factors.component_id
    inner join member_periods
        on attainments.payee_id = member_periods.payee_id
        and attainments.period_start = member_periods.period_start

)

select * from component_sentences
