{#
    Facts for people, as JSON: `message('finance.signed', {'day': as_day('signed_on')})`. The words stand
    in dashboards/messages/, and dashboards/messages/words.ts makes the sentence. Values are SQL: texts and
    whole numbers as they are (a number can have a plural), anything else by one of the macros in
    values.sql. A column that holds messages ends in `_message`; readers get their text without it.
#}
{% macro message(key, values={}) -%}
    {{ return(json_text(dict([('key', "'" ~ key ~ "'")], **values))) }}
{%- endmacro %}

{# A text from outside as it is; null stays null. #}
{% macro text_message(text) -%}
    {{ return('case when ' ~ text ~ ' is not null then ' ~ message('plain', {'text': text}) ~ ' end') }}
{%- endmacro %}

{# Sentences one after another; those that are null are left out. #}
{% macro messages(sentences) -%}
    concat('[', concat_ws(',', {{ sentences | join(', ') }}), ']')
{%- endmacro %}

{# A name that is data, or what is said where there is none. #}
{% macro name_or(name, otherwise) -%}
    coalesce({{ text_message(name) }}, {{ otherwise }})
{%- endmacro %}

{# The messages of a group's rows, one after another. #}
{% macro message_rows(message, order_by) -%}
    concat('[', {{ dbt.listagg(message, "','", order_by) }}, ']')
{%- endmacro %}

{# An object of JSON as text. Decimals go in as text, so that no digit is lost. #}
{% macro json_text(pairs) -%}
    {{ return('cast(' ~ json_value(pairs) ~ ' as ' ~ dbt.type_string() ~ ')') }}
{%- endmacro %}

{% macro json_value(pairs) -%}
    {{ return(adapter.dispatch('json_value', 'jointly')(pairs)) }}
{%- endmacro %}

{% macro default__json_value(pairs) -%}
    {{ return('to_json(named_struct(' ~ name_value_list(pairs) ~ '))') }}
{%- endmacro %}

{% macro duckdb__json_value(pairs) -%}
    {{ return('json_object(' ~ name_value_list(pairs) ~ ')') }}
{%- endmacro %}

{% macro name_value_list(pairs) -%}
    {%- set parts = [] -%}
    {%- for name, value in pairs.items() -%}{%- do parts.append("'" ~ name ~ "', " ~ value) -%}{%- endfor -%}
    {{ return(parts | join(', ')) }}
{%- endmacro %}

{% macro json_list(values) -%}
    {{ return(adapter.dispatch('json_list', 'jointly')(values)) }}
{%- endmacro %}

{% macro default__json_list(values) -%}
    {{ return('array(' ~ values | join(', ') ~ ')') }}
{%- endmacro %}

{% macro duckdb__json_list(values) -%}
    {{ return('json_array(' ~ values | join(', ') ~ ')') }}
{%- endmacro %}
