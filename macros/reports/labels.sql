{# The name of a person as pages show it; an id that nobody declared a name for is cut short. #}
{% macro person_label(people) -%}
    case
        when {{ people }}.is_declared or length({{ people }}.person_name) <= 24
            then {{ people }}.person_name
        else substring({{ people }}.person_name, 1, 8) || '…'
    end
{%- endmacro %}
