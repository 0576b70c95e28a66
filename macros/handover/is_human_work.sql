{# Whether an activity is work of a human of the company: what the client sends, and what a machine sends, is none. #}
{% macro is_human_work(activities) -%}
    not {{ activities }}.is_automated
    and coalesce({{ activities }}.direction, '') != 'inbound'
{%- endmacro %}
