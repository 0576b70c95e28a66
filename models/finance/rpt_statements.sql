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

latest_statements as (

    select * from {{ ref('int_finance__latest_statements') }}

),

sentences as (

    select * from {{ ref('int_finance__statement_sentences') }}

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
        sentences.sentence,
        sentences.tone,
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
    inner join sentences
        on statements.payee_id = sentences.payee_id
        and statements.period_start = sentences.period_start
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
        balance_brought_forward_amount,
        payable_amount,
        balance_carried_amount,
        currency_code,
        period_state,
        case period_state when 'open' then 'not signed' else period_state end as close_text,
        status,
        reason_text as reason,
        case
            when status = 'complete' and payable_amount = 0 then 'neutral'
            when status = 'complete' then 'good'
            when status = 'provisional' then 'warn'
            else 'bad'
        end as status_tone,
        sentence,
        tone

    from joined_statements

)

select * from described_statements
