-- One row per calendar month the data speaks for: the months finance can close.

with

periods as (

    select * from {{ ref('fct_period_states') }}
    where period_type = 'month'

),

months as (

    select
        {% for column in [
            'period_start', 'period_end', 'period_label', 'period_state', 'incomplete_kpi_count',
            'missing_kpi_count', 'pending_count', 'final_from', 'is_final', 'is_latest_final',
            'data_as_of'
        ] %}
        periods.{{ column }},
        {% endfor %}
        dates.year_start

    from periods
    left join {{ ref('dim_dates') }} as dates
        on periods.period_start = dates.date_day

)

select * from months
