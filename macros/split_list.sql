{# Rows of a key and, in order, the texts that a column joins with semicolons. #}
{% macro split_list(relation, key, column) -%}
    {{ return(adapter.dispatch('split_list', 'jointly')(relation, key, column)) }}
{%- endmacro %}

{% macro default__split_list(relation, key, column) -%}
    select
        {{ key }},
        trim(item) as item,
        item_index + 1 as item_number

    from {{ relation }}
    lateral view posexplode(split({{ column }}, ';')) items as item_index, item
{%- endmacro %}

{% macro duckdb__split_list(relation, key, column) -%}
    select
        {{ key }},
        trim(unnest(string_split({{ column }}, ';'))) as item,
        generate_subscripts(string_split({{ column }}, ';'), 1) as item_number

    from {{ relation }}
{%- endmacro %}
