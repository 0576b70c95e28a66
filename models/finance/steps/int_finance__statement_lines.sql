-- One row per payee, month, currency, basis and line of a statement, the total last: as signed, and
-- as computed now. What counts is what was signed, where a month is signed.

with

lines as (

    select * from {{ ref('fct_bonus_statement_lines') }}

),

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

signed_lines as (

    select * from {{ ref('stg_jointly__signed_lines') }}

),

all_lines as (

    select
        'computed' as basis,
        payee_id,
        period_start,
        currency_code,
        line_number,
        line_type,
        label_message,
        explanation_message,
        kpi,
        scope_type,
        scope_id,
        value,
        target,
        attainment,
        factor,
        amount

    from lines

    union all

    select
        'computed' as basis,
        payee_id,
        period_start,
        currency_code,
        9999 as line_number,
        'total' as line_type,
        {{ message('pay.total') }} as label_message,
        case
            when payable_amount is null
                then {{ message('pay.not_payable', {'reason': as_message('reason_message')}) }}
            else {{ message('pay.sum_of_lines', {'currency': 'currency_code'}) }}
        end as explanation_message,
        cast(null as string) as kpi,
        cast(null as string) as scope_type,
        cast(null as string) as scope_id,
        cast(null as decimal(28, 10)) as value,
        cast(null as decimal(24, 6)) as target,
        cast(null as decimal(28, 10)) as attainment,
        cast(null as decimal(38, 14)) as factor,
        payable_amount as amount

    from statements

    union all

    -- In the words it was signed with, where the ledger has any.
    select
        'signed' as basis,
        payee_id,
        period_start,
        currency_code,
        line_number,
        line_type,
        {{ text_message('label') }} as label_message,
        case
            when line_type = 'total'
                then {{ message('pay.sum_of_lines', {'currency': 'currency_code'}) }}
            -- Earlier signatures said nothing of balances.
            when
                line_type in ('balance_brought_forward', 'balance_carried', 'balance_guarantee')
                and explanation is null
                then {{ message('pay.balance', {'line': 'line_type', 'draw': 'null'}) }}
            else {{ text_message('explanation') }}
        end as explanation_message,
        kpi,
        scope_type,
        scope_id,
        value,
        target,
        attainment,
        factor,
        amount

    from signed_lines

),

numbered_lines as (

    select
        all_lines.*,
        all_lines.basis = 'signed' or signed_statements.payee_id is null as is_valid,
        row_number() over (
            partition by
                all_lines.basis,
                all_lines.payee_id,
                all_lines.period_start,
                all_lines.currency_code,
                all_lines.line_type,
                all_lines.kpi,
                all_lines.scope_type,
                all_lines.scope_id
            order by all_lines.line_number
        ) as occurrence

    from all_lines
    left join {{ ref('stg_jointly__signed_statements') }} as signed_statements
        on all_lines.payee_id = signed_statements.payee_id
        and all_lines.period_start = signed_statements.period_start
        and all_lines.currency_code = signed_statements.currency_code

),

-- Names may change and lines move: a line is found again by what it is paid on, and two lines paid
-- on the same thing by their order. The ledger keys computed lines in the same way.
keyed_lines as (

    select
        *,
        concat_ws(
            '/', line_type, coalesce(kpi, ''), coalesce(scope_type, ''), coalesce(scope_id, ''),
            case when occurrence > 1 then cast(occurrence as string) end
        ) as line_key

    from numbered_lines

)

select * from keyed_lines
