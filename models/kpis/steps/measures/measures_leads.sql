-- One row per measure, day and combination of dimensions: leads by the day they were created or
-- first entered a stage.

with

leads as (

    select
        created_date,
        {{ company_date('mql_at') }} as mql_date,
        {{ company_date('sql_at') }} as sql_date,
        channel_id,
        campaign_id,
        {{ page_path('landing_page') }} as landing_page,
        product_line_id,
        person_id

    from {{ ref('dim_leads') }}

)

{{ sum_measure('leads', 'leads', date_day='created_date') }}

union all

{{ sum_measure('mqls', 'leads', date_day='mql_date', where='mql_date is not null') }}

union all

-- Qualified sooner or later: as good as leads of the day can become.
{{ sum_measure(
    'qualified_leads', 'leads', date_day='created_date', where='mql_date is not null'
) }}

union all

{{ sum_measure('sqls', 'leads', date_day='sql_date', where='sql_date is not null') }}
