-- One row per payee, month and line of the statement, the total last: the numbers as printed.

with

lines as (

    select * from {{ ref('fct_bonus_statement_lines') }}

),

explanations as (

    select * from {{ ref('int_finance__line_explanations') }}

),

statements as (

    select * from {{ ref('rpt_statements') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

printed_lines as (

    select
        lines.payee_id,
        lines.period_start,
        lines.line_number,
        lines.line_type,
        lines.label as line_label,
        explanations.explanation,
        coalesce(lines.kpi, '') as kpi,
        coalesce(catalogue.kpi_label, lines.kpi, '') as kpi_label,
        case when lines.kpi is not null then '/definitions/#' || lines.kpi end as kpi_link,
        case
            when lines.kpi is null then ''
            else {{ exact_kpi_text('lines.value', 'catalogue.unit') }}
        end as value_text,
        case
            when lines.kpi is null then ''
            else {{ exact_kpi_text('lines.target', 'catalogue.unit') }}
        end as target_text,
        case when lines.kpi is null then '' else {{ exact_percent_text('lines.attainment') }} end
            as attainment_text,
        case
            when lines.line_type in ('rounding', 'pool') then ''
            else {{ shown_factor('lines.factor') }}
        end as factor_text,
        lines.amount,
        lines.currency_code,
        false as is_total

    from lines
    inner join explanations
        on lines.payee_id = explanations.payee_id
        and lines.period_start = explanations.period_start
        and lines.line_number = explanations.line_number
    left join catalogue
        on lines.kpi = catalogue.kpi

),

total_lines as (

    select
        payee_id,
        period_start,
        9999 as line_number,
        'total' as line_type,
        'Payable' as line_label,
        case
            when payable_amount is null then 'not payable: ' || reason
            else 'the sum of the lines above, ' || currency_code
        end as explanation,
        '' as kpi,
        '' as kpi_label,
        cast(null as varchar) as kpi_link,
        '' as value_text,
        '' as target_text,
        '' as attainment_text,
        '' as factor_text,
        payable_amount as amount,
        currency_code,
        true as is_total

    from statements

),

all_lines as (

    select * from printed_lines

    union all

    select * from total_lines

),

labelled_lines as (

    select
        all_lines.*,
        statements.period_label

    from all_lines
    inner join statements
        on all_lines.payee_id = statements.payee_id
        and all_lines.period_start = statements.period_start

)

select * from labelled_lines
