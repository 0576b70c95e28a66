{# The name of a person as pages show it; an id that nobody declared a name for is cut short. #}
{% macro person_label(people) -%}
    case
        when {{ people }}.is_declared or length({{ people }}.person_name) <= 24
            then {{ people }}.person_name
        else substring({{ people }}.person_name, 1, 8) || '…'
    end
{%- endmacro %}

{# A lead's stage in words. #}
{% macro lead_stage_label(stage) -%}
    case {{ stage }}
        when 'mql' then 'qualified (MQL)'
        when 'sal' then 'accepted (SAL)'
        when 'sql' then 'sales qualified (SQL)'
        when 'recycled' then 'back to nurture'
        else {{ stage }}
    end
{%- endmacro %}
