-- One row per payee and month: how the payable amount came about, in one sentence.

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

worded_statements as (

    select
        statements.*,
        months.period_label,
        multipliers.multiplier_name,
        multipliers.tier_to,
        {{ pay_text('statements.payable_amount', 'statements.currency_code') }} as payable_text,
        {{ number_text('statements.amount_before_company') }} as before_text,
        {{ number_text('statements.cap_amount') }} as cap_text,
        {{ product('statements.amount_before_company', 2, 'statements.multiplier', 4) }}
        > statements.cap_amount
            as is_capped

    from statements
    inner join months
        on statements.period_start = months.period_start
    inner join multipliers
        on statements.payee_id = multipliers.payee_id
        and statements.period_start = multipliers.period_start

)

select
    payee_id,
    period_start,
    case
        when payable_amount is null
            then
                'Nothing can be paid to ' || payee_name || ' for ' || period_label
                || ' yet: ' || reason_text || '.'
        -- Nothing is paid though something was earned: the reason is the news.
        when payable_amount = 0 and multiplier = 0 and amount_before_company > 0
            then
                'Nothing is payable to ' || payee_name || ' for ' || period_label || ': '
                || multiplier_name
                || coalesce(
                    ' reached ' || {{ exact_percent_text('company_attainment') }}
                    || ' of its target', ''
                )
                || coalesce(
                    ', less than the ' || {{ factor_percent_text('tier_to') }}
                    || ' from which it pays', ''
                )
                || ', so the ' || before_text || ' from own parts are multiplied by 0.'
                || case
                    when status = 'provisional' then ' It may still change: ' || reason_text || '.'
                    else ''
                end
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
        when payable_amount = 0 and amount_before_company > 0 then 'warn'
        when payable_amount >= target_amount then 'good'
        else 'neutral'
    end as tone

from worded_statements
