{# Text as channel rules compare it: lower case, words joined by underscores, '' where absent. #}
{% macro channel_signal(column) -%}
    coalesce(replace(replace(lower(trim({{ column }})), ' ', '_'), '-', '_'), '')
{%- endmacro %}

{# A click id as rules compare it: its beginning names the platform, the rest is unique to the click. #}
{% macro click_signal(column) -%}
    substring({{ channel_signal(column) }}, 1, 6)
{%- endmacro %}

{#
    The host of a web address: lower case, without scheme, port, path and www; '' where absent.
    An address without scheme is read as starting with its host. One pass, as there are many
    sessions; DuckDB and Spark read the pattern alike.
#}
{% macro host_of(address) -%}
    {%- set host = "'^(?:[a-z][a-z0-9+.-]*://)?(?:www[.])?([^/:?#]*)'" -%}
    coalesce(regexp_extract(lower(trim({{ address }})), {{ host }}, 1), '')
{%- endmacro %}

{#
    Whether a signal fits the pattern of a rule; an empty pattern fits anything. The pattern is read
    as the signal was (`reading`), so that it may be written as people write the signal.
#}
{% macro fits_rule(signal, pattern, reading=channel_signal) -%}
    ({{ pattern }} is null or {{ signal }} like {{ reading(pattern) }})
{%- endmacro %}

{# Whether a source, or its category, fits the pattern of a rule: `[social]` names a category. #}
{% macro source_fits_rule(signal, category, pattern, reading=channel_signal) -%}
    case
        when {{ pattern }} like '[%' then lower(trim({{ pattern }})) = '[' || {{ category }} || ']'
        else {{ fits_rule(signal, pattern, reading) }}
    end
{%- endmacro %}
