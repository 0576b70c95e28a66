-- Money is decimal end to end: a double cannot hold a cent. Looks at what stands in the warehouse.
-- depends_on: {{ ref('fct_kpi_values') }}
-- depends_on: {{ ref('fct_pool_payouts') }}
-- depends_on: {{ ref('fct_bonus_statement_lines') }}

select
    table_schema,
    table_name,
    column_name,
    data_type

from information_schema.columns
where
    table_schema in ('staging', 'intermediate', 'marts', 'rules')
    and data_type in ('DOUBLE', 'FLOAT', 'REAL')
    and regexp_matches(column_name, '(^|_)(amount|spend|payout|revenue|cost)(_days)?$')
