{# The wall clock of the company at a UTC instant. The company's time zone decides the day. #}
{% macro company_time(instant) -%}
    {{ return(adapter.dispatch('company_time', 'jointly')(instant)) }}
{%- endmacro %}

{% macro default__company_time(instant) -%}
    from_utc_timestamp({{ instant }}, '{{ var("company_timezone") }}')
{%- endmacro %}

{% macro duckdb__company_time(instant) -%}
    (({{ instant }} at time zone 'UTC') at time zone '{{ var("company_timezone") }}')
{%- endmacro %}

{# The UTC instant at which the company's wall clock shows the given local time. #}
{% macro instant_of_company_time(local_time) -%}
    {{ return(adapter.dispatch('instant_of_company_time', 'jointly')(local_time)) }}
{%- endmacro %}

{% macro default__instant_of_company_time(local_time) -%}
    to_utc_timestamp({{ local_time }}, '{{ var("company_timezone") }}')
{%- endmacro %}

{% macro duckdb__instant_of_company_time(local_time) -%}
    ((cast({{ local_time }} as timestamp) at time zone '{{ var("company_timezone") }}') at time zone 'UTC')
{%- endmacro %}

{# The company's calendar day of a UTC instant. #}
{% macro company_date(instant) -%}
    cast({{ company_time(instant) }} as date)
{%- endmacro %}

{#
    The last moment an instant may mean. Many exports give a day without a time, which is read as its
    midnight: what happened on that day may have happened until its end.
#}
{% macro latest_meant(instant) -%}
    case
        when cast({{ company_time(instant) }} as time) = time '00:00:00'
            then {{ instant_of_company_time(dbt.dateadd('day', 1, company_date(instant))) }}
        else {{ instant }}
    end
{%- endmacro %}
