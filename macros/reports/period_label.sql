{# A period as people name it: "2026 Q2", "Jun 2026", "W26 2026". #}
{% macro period_label(period_type, period_start) -%}
    case {{ period_type }}
        when 'quarter'
            then
                cast(extract(year from {{ period_start }}) as varchar)
                || ' Q' || cast(extract(quarter from {{ period_start }}) as varchar)
        when 'month'
            then
                {{ month_name('extract(month from ' ~ period_start ~ ')') }}
                || ' ' || cast(extract(year from {{ period_start }}) as varchar)
        else
            'W' || right('0' || cast(extract(week from {{ period_start }}) as varchar), 2)
            -- The Thursday of a week says which year the week belongs to.
            || ' ' || cast(extract(year from {{ dbt.dateadd('day', 3, period_start) }}) as varchar)
    end
{%- endmacro %}

{# 6 is "Jun". #}
{% macro month_name(month_number) -%}
    substring(
        'JanFebMarAprMayJunJulAugSepOctNovDec', cast({{ whole_product(month_number, '3') }} - 2 as integer), 3
    )
{%- endmacro %}
