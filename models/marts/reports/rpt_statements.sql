-- One row per payee and month: the head of the statement and its story in one sentence.

with

statements as (

    select * from {{ ref('int_finance__statements') }}

),

months as (

    select * from {{ ref('int_finance__months') }}

),

multipliers as (

    select * from {{ ref('int_incentives__plan_multipliers') }}

),

own_attainments as (

    select * from {{ ref('int_finance__own_attainments') }}

),

-- The page of somebody who has left opens with the last finished month they were paid for.
latest_statements as (

    select
        statements.payee_id,
        coalesce(
            max(case when months.is_final then statements.period_start end),
            max(statements.period_start)
        ) as period_start

    from statements
    inner join months
        on statements.period_start = months.period_start
    group by statements.payee_id

),

joined_statements as (

    select
        statements.*,
        months.period_label,
        months.period_state as data_state,
        months.data_as_of,
        own_attainments.own_attainment,
        multipliers.multiplier_name,
        latest_statements.payee_id is not null as is_latest,
        {{ pay_text('statements.payable_amount', 'statements.currency_code') }} as payable_text,
        {{ number_text('statements.amount_before_company') }} as before_text,
        {{ number_text('statements.cap_amount') }} as cap_text,
        statements.amount_before_company * statements.multiplier > statements.cap_amount
            as is_capped,
        {{ department_label('statements.department_id') }} as department_label,
        {{ validity_text('statements.plan_valid_from', 'statements.plan_valid_to') }}
            as plan_dates_text

    from statements
    inner join months
        on statements.period_start = months.period_start
    inner join multipliers
        on statements.payee_id = multipliers.payee_id
        and statements.period_start = multipliers.period_start
    inner join own_attainments
        on statements.payee_id = own_attainments.payee_id
        and statements.period_start = own_attainments.period_start
    left join latest_statements
        on statements.payee_id = latest_statements.payee_id
        and statements.period_start = latest_statements.period_start

),

described_statements as (

    select
        payee_id,
        payee_name,
        department_id,
        department_label,
        period_start,
        period_label,
        data_state,
        data_as_of,
        is_latest,
        plan_name,
        plan_version,
        plan_dates_text,
        case
            when active_days < period_days
                then
                    cast(active_days as varchar) || ' of ' || cast(period_days as varchar)
                    || ' days in the plan'
            else 'the whole month'
        end as active_text,
        target_amount,
        {{ shown_percent('own_attainment') }} as own_attainment,
        amount_before_company,
        {{ shown_percent('company_attainment') }} as company_attainment,
        case
            when multiplier_name is null then 'none'
            else {{ exact_percent_text('company_attainment') }}
        end as company_text,
        multiplier_name,
        multiplier,
        cap_amount,
        bonus_amount,
        pool_amount,
        payable_amount,
        currency_code,
        period_state,
        case period_state when 'open' then 'not signed' else period_state end as close_text,
        status,
        reason_text as reason,
        case status when 'complete' then 'good' when 'provisional' then 'warn' else 'bad' end
            as status_tone,
        case
            when payable_amount is null
                then
                    'Nothing can be paid to ' || payee_name || ' for ' || period_label
                    || ' yet: ' || reason_text || '.'
            else
                payee_name || ' gets ' || payable_text || ' for ' || period_label || ': '
                || before_text || ' from own parts'
                || case
                    when multiplier_name is not null
                        then
                            ', times ' || {{ number_text('multiplier') }} || ' for '
                            || multiplier_name
                            || coalesce(
                                ' at ' || {{ exact_percent_text('company_attainment') }}
                                || ' of target', ''
                            )
                    else ''
                end
                || case when is_capped then ', cut to the cap of ' || cap_text else '' end
                || case
                    when pool_amount > 0
                        then ', plus ' || {{ number_text('pool_amount') }} || ' from shared pools'
                    else ''
                end
                || '.'
                || case
                    when status = 'provisional' then ' It may still change: ' || reason_text || '.'
                    else ''
                end
        end as sentence,
        case
            when payable_amount is null then 'bad'
            when status = 'provisional' then 'warn'
            when payable_amount >= target_amount then 'good'
            else 'neutral'
        end as tone

    from joined_statements

)

select * from described_statements
