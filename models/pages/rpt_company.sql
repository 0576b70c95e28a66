-- One row: whose numbers these are, and which periods the pages open with.

with

as_of as (

    select * from {{ ref('dim_as_of') }}

),

periods as (

    select * from {{ ref('fct_period_states') }}

),

latest_periods as (

    select
        {% for period in ['month', 'quarter'] %}
        max(case when is_latest_final and period_type = '{{ period }}' then period_start end)
            as latest_final_{{ period }}_start,
        max(case when is_latest_final and period_type = '{{ period }}' then period_label end)
            as latest_final_{{ period }},
        {% endfor %}
        max(stale_sources_message) as stale_sources_message

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
        latest_periods.stale_sources_message

    from as_of
    cross join latest_periods

)

select * from company
