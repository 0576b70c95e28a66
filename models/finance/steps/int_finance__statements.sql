-- One row per payee and month: the statement, with the name of a missing KPI as people know it.

with

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

named_statements as (

    select
        statements.*,
        coalesce(
            replace(statements.reason, catalogue.kpi || ' (', catalogue.kpi_label || ' ('),
            statements.reason
        ) as reason_text

    from statements
    left join catalogue
        on substring(statements.reason, 1, length(catalogue.kpi) + 2) = catalogue.kpi || ' ('

)

select * from named_statements
