{#
    The instant behind what the loader knows of a stream. Ad spend and counted visits know days, which
    stand there as midnight of no time zone: they are days of the company, and west of Greenwich that
    midnight would be the day before, so that the spend of the last day would count as dated ahead.
#}
{% macro stream_instant(column) -%}
    case
        when stream in {{ day_streams() }}
            then {{ instant_of_company_time(column) }}
        else cast({{ column }} as timestamp)
    end
{%- endmacro %}
