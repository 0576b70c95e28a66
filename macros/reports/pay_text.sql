{# A department as people read it. #}
{% macro department_label(department_id) -%}
    upper(substring({{ department_id }}, 1, 1)) || substring({{ department_id }}, 2)
{%- endmacro %}

{# The KPI a rule looks at and whose it is: the company's, a department's, the payee's own. #}
{% macro rule_kpi_message(rule, kpi) -%}
    {{ return(message('pay.rule_kpi', {
        'kpi': 'coalesce(' ~ kpi ~ '.kpi_label, ' ~ rule ~ '.kpi)', 'scope': rule ~ '.scope_id'
    })) }}
{%- endmacro %}

{# An amount of a check with every digit; blank where there is none. #}
{% macro printed_amount(amount) -%}
    case
        when {{ amount }} is null then {{ message('plain', {'text': "''"}) }}
        else {{ message('plain', {'text': as_number(amount, 6)}) }}
    end
{%- endmacro %}
