{# Text as channel rules compare it: lower case, words joined by underscores, '' where absent. #}
{% macro channel_signal(column) -%}
    coalesce(replace(replace(lower(trim({{ column }})), ' ', '_'), '-', '_'), '')
{%- endmacro %}

{#
    The host of a web address: lower case, without scheme, port, path and www; '' where absent.
    An address without scheme is read as starting with its host. One pass, as there are many
    sessions; DuckDB and Spark read the pattern alike.
#}
{% macro host_of(address) -%}
    {%- set host = '^(?:[a-z][a-z0-9+.-]*://)?(?:www[.])?([^/:?#]*)' -%}
    coalesce(regexp_extract(lower(trim({{ address }})), '{{ host }}', 1), '')
{%- endmacro %}
