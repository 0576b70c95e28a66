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
        years.period_start as year_start

    from periods
    left join {{ ref('dim_periods') }} as years
        on years.period_type = 'year'
        and periods.period_start >= years.period_start
        and periods.period_start < years.period_end

)

select * from months
