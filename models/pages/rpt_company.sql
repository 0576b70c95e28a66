-- One row: whose numbers these are, and which periods the pages open with.

with

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

freshness as (

    select * from {{ ref('int_reports__freshness') }}

),

periods as (

    select * from {{ ref('fct_period_states') }}
    where is_latest_final

),

latest_periods as (

    select
        max(case when period_type = 'month' then period_start end) as latest_final_month_start,
        max(case when period_type = 'month' then period_label end) as latest_final_month,
        max(case when period_type = 'quarter' then period_start end) as latest_final_quarter_start,
        max(case when period_type = 'quarter' then period_label end) as latest_final_quarter

    from periods

),

company as (

    select
        cast({{ sql_text(var("company").name) }} as string) as company_name,
        cast('{{ var("company_currency") }}' as varchar) as currency_code,
        cast('{{ var("company_timezone") }}' as varchar) as timezone,
        as_of.as_of_date,
        latest_periods.latest_final_month_start,
        latest_periods.latest_final_month,
        latest_periods.latest_final_quarter_start,
        latest_periods.latest_final_quarter,
        freshness.stale_sources_message

    from as_of
    cross join freshness
    cross join latest_periods

)

select * from company
