{# Messages in one sentence, "a, b and c"; those that are null are left out. #}
{% macro as_list(messages) -%}
    {%- set items = [] -%}
    {%- for one in messages -%}
    {%- do items.append('case when ' ~ one ~ ' is not null then ' ~ as_message(one) ~ ' end') -%}
    {%- endfor -%}
    {{ return(json_value({'list': json_list(items)})) }}
{%- endmacro %}

{# The same of the messages of rows. #}
{% macro as_list_of_rows(message, order_by) -%}
    {{ return(json_value({'list': json_list_of_rows(as_message(message), order_by)})) }}
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

{% macro json_list_of_rows(value, order_by) -%}
    {{ return(adapter.dispatch('json_list_of_rows', 'jointly')(value, order_by)) }}
{%- endmacro %}

{% macro default__json_list_of_rows(value, order_by) -%}
    {{ return('transform(array_sort(collect_list(struct(' ~ order_by ~ ' as place, ' ~ value ~ ' as value))), one -> one.value)') }}
{%- endmacro %}

{% macro duckdb__json_list_of_rows(value, order_by) -%}
    {{ return('to_json(list(' ~ value ~ ' order by ' ~ order_by ~ '))') }}
{%- endmacro %}
