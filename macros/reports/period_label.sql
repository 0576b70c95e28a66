{#
    A period as lists name it: "2026 Q2", "Jun 2026", "W26 2026", "2026"; of a fiscal year
    "Q1 FY27, Feb-Apr 2026" and "FY27, Feb 2026-Jan 2027". Without the last three, only of months
    and weeks.
#}
{% macro period_label(
    period_type, period_start, period_end=none, fiscal_year='null', fiscal_quarter='null'
) -%}
    case
        {% if period_end is not none %}
        when {{ fiscal_year }} is not null
            then
                case
                    when {{ period_type }} = 'quarter'
                        then 'Q' || cast({{ fiscal_quarter }} as {{ dbt.type_string() }}) || ' '
                    else ''
                end
                || 'FY' || right(cast({{ fiscal_year }} as {{ dbt.type_string() }}), 2)
                || ', '
                || {{ months_label(
                    period_start, 'cast(' ~ dbt.dateadd('day', -1, period_end) ~ ' as date)'
                ) }}
        when {{ period_type }} = 'quarter'
            then
                cast(extract(year from {{ period_start }}) as {{ dbt.type_string() }})
                || ' Q' || cast(extract(quarter from {{ period_start }}) as {{ dbt.type_string() }})
        when {{ period_type }} = 'year'
            then cast(extract(year from {{ period_start }}) as {{ dbt.type_string() }})
        when {{ period_type }} = 'last_12_months' then 'Last 12 months'
        {% endif %}
        when {{ period_type }} = 'month' then {{ month_label(period_start) }}
        else
            'W' || right('0' || cast(extract(week from {{ period_start }}) as {{ dbt.type_string() }}), 2)
            -- The Thursday of a week says which year the week belongs to.
            || ' ' || cast(
                extract(year from {{ dbt.dateadd('day', 3, period_start) }}) as {{ dbt.type_string() }}
            )
    end
{%- endmacro %}

{# "Jun 2026" #}
{% macro month_label(day) -%}
    {{ month_name('extract(month from ' ~ day ~ ')') }}
    || ' ' || cast(extract(year from {{ day }}) as {{ dbt.type_string() }})
{%- endmacro %}

{# The months of a first and a last day: "Feb-Apr 2026", "Nov 2025-Jan 2026", "Jan 2027". #}
{% macro months_label(first_day, last_day) -%}
    case
        when extract(year from {{ first_day }}) < extract(year from {{ last_day }})
            then {{ month_label(first_day) }} || '-'
        when extract(month from {{ first_day }}) < extract(month from {{ last_day }})
            then {{ month_name('extract(month from ' ~ first_day ~ ')') }} || '-'
        else ''
    end
    || {{ month_label(last_day) }}
{%- endmacro %}

{# 6 is "Jun". #}
{% macro month_name(month_number) -%}
    substring(
        'JanFebMarAprMayJunJulAugSepOctNovDec', cast({{ whole_product(month_number, '3') }} - 2 as integer), 3
    )
{%- endmacro %}
