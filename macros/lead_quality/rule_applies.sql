{#
    Whether a rule fits a value, both lower case and null where unknown. Nothing is said of an
    unknown value but that it is unknown: `not_equals` wants a value, and another one.
#}
{% macro rule_applies(rule, value) -%}
    case {{ rule }}.operator
        when 'equals' then {{ value }} = {{ rule }}.rule_value
        when 'not_equals' then {{ value }} != {{ rule }}.rule_value
        when 'one_of'
            then position('|' || {{ value }} || '|' in '|' || {{ rule }}.rule_value || '|') > 0
        when 'at_least' then {{ exact_number(value) }} >= {{ rule }}.rule_number
        when 'less_than' then {{ exact_number(value) }} < {{ rule }}.rule_number
        when 'starts_with'
            then substr({{ value }}, 1, length({{ rule }}.rule_value)) = {{ rule }}.rule_value
        when 'is_known' then {{ value }} is not null
        when 'is_unknown' then {{ value }} is null
    end
{%- endmacro %}

{# Text as a number, exact; null where it is none. #}
{% macro exact_number(text) -%}
    try_cast({{ text }} as decimal(28, 6))
{%- endmacro %}

{# A number as rules write it, without zeros that say nothing: 3.50 is 3.5, 40.00 is 40. #}
{% macro plain_number(number) -%}
    regexp_replace(cast(cast({{ number }} as decimal(24, 6)) as varchar), '[.]?0+$', '')
{%- endmacro %}
