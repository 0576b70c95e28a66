{#
    A tag of web analytics, null where it is one of the words analytics tools write for "nothing"
    (in any case, with blanks or hyphens): taken at its word, "(not set)" would be a campaign, and
    a direct visit one of an unknown channel. pipelines/run/check-channel-rules.ts has the same list.
#}
{% macro clean_tag(column) -%}
    case
        when
            {{ is_none_of(channel_signal(column), [
                '(direct)', '(none)', '(not_set)', '(not_provided)', '(data_not_available)',
                '(other)', '(organic)', '(referral)', '(ai_assistant)', 'none', 'null', '(null)',
                'undefined', 'not_set', 'n/a', '_', '__'
            ]) }}
            then {{ clean_text(column) }}
    end
{%- endmacro %}

{% macro is_none_of(text, words) -%}
    {{ return(adapter.dispatch('is_none_of', 'jointly')(text, words)) }}
{%- endmacro %}

{% macro default__is_none_of(text, words) -%}
    {{ text }} not in ('{{ words | join("', '") }}')
{%- endmacro %}

{# A long `in` is a join in DuckDB, which a reader of a view pays for columns it does not read. #}
{% macro duckdb__is_none_of(text, words) -%}
    not list_contains(['{{ words | join("', '") }}'], {{ text }})
{%- endmacro %}
