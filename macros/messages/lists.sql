{# Messages in one sentence, "a, b and c"; those that are null are left out. #}
{% macro as_list(messages) -%}
    {%- set items = [] -%}
    {%- for one in messages -%}
    {%- do items.append('case when ' ~ one ~ ' is not null then ' ~ as_message(one) ~ ' end') -%}
    {%- endfor -%}
    {{ return(json_value({'list': json_list(items)})) }}
{%- endmacro %}

{# The same of the messages of rows; null where there is none. #}
{% macro as_list_of_rows(message, order_by) -%}
    {{ return(
        "concat('{\"list\":[', "
        ~ dbt.listagg(as_text(as_message(message)), "','", 'order by ' ~ order_by)
        ~ ", ']}')"
    ) }}
{%- endmacro %}

{# Ids in one text ("company|channel") by their names: `key` takes each as `id`. #}
{% macro as_codes(ids, key) -%}
    {{ return(json_value({'codes': ids, 'names': "'" ~ key ~ "'"})) }}
{%- endmacro %}

{% macro json_list(items) -%}
    {{ return(adapter.dispatch('json_list', 'jointly')(items)) }}
{%- endmacro %}

{% macro default__json_list(items) -%}
    {{ return('array(' ~ items | join(', ') ~ ')') }}
{%- endmacro %}

{% macro duckdb__json_list(items) -%}
    {{ return('json_array(' ~ items | join(', ') ~ ')') }}
{%- endmacro %}
