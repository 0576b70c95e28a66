-- One row per payee, month and line of the statement: its arithmetic in a reader's words, with
-- attainments and shares as per cent and a tier as "from 0 % to under 80 %". No digit is lost,
-- so that the sum can still be done again by hand.

{% set bound = '(lies in \\[|is at least |gate of |threshold of |capped at )' %}

with

lines as (

    select * from {{ ref('fct_bonus_statement_lines') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

split_lines as (

    select
        lines.payee_id,
        lines.period_start,
        lines.line_number,
        lines.explanation,
        coalesce(catalogue.kpi_label, lines.kpi) as kpi_label,
        lines.kpi,
        lines.explanation like 'attainment %'
        or (lines.explanation like 'value %' and coalesce(catalogue.unit = 'percent', false))
            as is_percent,
        regexp_extract(lines.explanation, '^(attainment|value) -?[0-9.]*[0-9]', 1) as measure,
        nullif(
            regexp_extract(lines.explanation, '^(attainment|value) (-?[0-9.]*[0-9])', 2), ''
        ) as measured,
        nullif(regexp_extract(lines.explanation, '{{ bound }}([0-9.]*[0-9])', 2), '') as bound_from,
        nullif(regexp_extract(lines.explanation, 'lies in \[[0-9.]+, ([0-9.]*[0-9])\)', 1), '')
            as bound_to

    from lines
    left join catalogue
        on lines.kpi = catalogue.kpi

),

told_numbers as (

    select
        *,
        coalesce({{ told_factor('measured', 'is_percent') }}, '') as measured_text,
        coalesce({{ told_factor('bound_from', 'is_percent') }}, '') as bound_from_text,
        coalesce({{ told_factor('bound_to', 'is_percent') }}, '') as bound_to_text

    from split_lines

),

told_bounds as (

    select
        *,
        regexp_replace(
            regexp_replace(
                explanation,
                'lies in \[[0-9.]+, [0-9.]*[0-9]\)',
                'is from ' || bound_from_text || ' to under ' || bound_to_text
            ),
            '(is at least |gate of |threshold of |capped at )[0-9.]*[0-9]',
            '\1' || bound_from_text
        ) as bounded_explanation

    from told_numbers

)

select
    payee_id,
    period_start,
    line_number,
    coalesce(
        replace(
            regexp_replace(
                bounded_explanation,
                '^(attainment|value) -?[0-9.]*[0-9]',
                measure || ' ' || measured_text
            ),
            kpi || ' (', kpi_label || ' ('
        ),
        explanation
    ) as explanation

from told_bounds
