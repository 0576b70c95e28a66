{# The name of a person as pages show it; an id that nobody declared a name for is cut short. #}
{% macro person_label(people) -%}
    case
        when {{ people }}.is_declared or length({{ people }}.person_name) <= 24
            then {{ people }}.person_name
        else substring({{ people }}.person_name, 1, 8) || '…'
    end
{%- endmacro %}

{# A KPI and whose it is: the company's has the plain name, "ROAS of marketing" is another number. #}
{% macro scoped_kpi_label(kpi_label, scope_id) -%}
    {{ kpi_label }} || case when {{ scope_id }} = 'company' then '' else ' of ' || {{ scope_id }} end
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
