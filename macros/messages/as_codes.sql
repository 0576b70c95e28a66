{# Ids in one text ("company|channel") by their names: `key` takes each as `id`. #}
{% macro as_codes(ids, key) -%}
    {{ return(json_value({'codes': ids, 'names': "'" ~ key ~ "'"})) }}
{%- endmacro %}
