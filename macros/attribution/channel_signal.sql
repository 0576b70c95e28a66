{# Text as channel rules compare it: lower case, words joined by underscores, '' where absent. #}
{% macro channel_signal(column) -%}
    coalesce(replace(replace(lower(trim({{ column }})), ' ', '_'), '-', '_'), '')
{%- endmacro %}

{#
    The host of a web address: lower case, without scheme, port, path and www; '' where absent.
    An address without scheme is read as starting with its host.
#}
{% macro host_of(address) -%}
    {%- set text = "coalesce(lower(trim(" ~ address ~ ")), '')" -%}
    {%- set bare = "case when " ~ text ~ " like '%://%' then "
        ~ dbt.split_part(text, "'://'", 2) ~ " else " ~ text ~ " end" -%}
    {%- set authority = dbt.split_part(dbt.split_part(bare, "'/'", 1), "'?'", 1) -%}
    {%- set host = dbt.split_part(authority, "':'", 1) -%}
    case when {{ host }} like 'www.%' then {{ dbt.split_part(host, "'www.'", 2) }} else {{ host }} end
{%- endmacro %}
