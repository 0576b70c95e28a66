{#
    Join of a rule (a component, a gate, a multiplier) to the published KPI it is paid on, in the
    currency of the plan. The scope id 'payee' stands for the payee's own person id.
#}
{% macro join_measured_kpi(rule, payee_period) -%}
    {{ rule }}.kpi = kpi_values.kpi
    and {{ rule }}.scope_type = kpi_values.scope_type
    and {{ resolved_scope_id(rule, payee_period) }} = kpi_values.scope_id
    and kpi_values.period_type = 'month'
    and {{ payee_period }}.period_start = kpi_values.period_start
    and {{ payee_period }}.currency_code = kpi_values.currency_code
{%- endmacro %}

{% macro resolved_scope_id(rule, payee_period) -%}
    case
        when {{ rule }}.scope_id = 'payee' then {{ payee_period }}.payee_id
        else {{ rule }}.scope_id
    end
{%- endmacro %}

{# The number a rule looks at: the KPI itself, or its value against its target. #}
{% macro measured_number(rule) -%}
    case {{ rule }}.measure
        when 'value' then kpi_values.value
        when 'attainment' then kpi_values.attainment
    end
{%- endmacro %}

{# Why the number is missing, null where it is there. A missing number is never 0 and never 1. #}
{% macro missing_number_message(rule, payee_period) -%}
    case
        when kpi_values.kpi is null
            then {{ message('pay.reason.not_published', {
                'kpi': rule ~ '.kpi', 'scope_type': rule ~ '.scope_type',
                'scope': resolved_scope_id(rule, payee_period)
            }) }}
        when {{ rule }}.measure = 'value' then {{ missing_value_message(rule) }}
        when kpi_values.attainment is null
            then {{ message('pay.reason.no_attainment', {
                'kpi': 'coalesce(kpi_values.kpi_label, ' ~ rule ~ '.kpi)',
                'reason': as_message('kpi_values.reason_message')
            }) }}
    end
{%- endmacro %}

{# Why the value is missing: it was not known, or it could not be converted. #}
{% macro missing_value_message(rule) -%}
    case
        when kpi_values.value is null
            then {{ message('pay.reason.no_value', {
                'kpi': 'coalesce(kpi_values.kpi_label, ' ~ rule ~ '.kpi)',
                'reason': as_message('coalesce(kpi_values.rate_message, kpi_values.reason_message)')
            }) }}
    end
{%- endmacro %}

{#
    Zero where less is better is the best there is, but target / 0 is no number: whoever is paid on
    such an attainment has reached whatever there is to reach. Where more is better zero divides.
#}
{% macro is_beyond_target(rule) -%}
    coalesce(
        {{ rule }}.measure = 'attainment' and kpi_values.attainment is null
        and kpi_values.value = 0 and kpi_values.target > 0,
        false
    )
{%- endmacro %}

{#
    A payee without a deal and without a target of their own earns nothing on that component, which is
    a known 0.00 and no missing number. Where less is better, nothing is a result like any other.
#}
{% macro earns_nothing(rule) -%}
    coalesce(
        {{ rule }}.scope_id = 'payee' and kpi_values.target is null
        and not kpi_values.is_less_better
        and (kpi_values.value = 0 or (kpi_values.value is null and kpi_values.denominator = 0)),
        false
    )
{%- endmacro %}

{# What a rule looks at, or a bound of it, with every digit: an attainment or a share as per cent. #}
{% macro as_measured(number, measure, unit) -%}
    case
        when {{ measure }} = 'attainment' or {{ unit }} = 'percent' then {{ as_percent(number, 12) }}
        else {{ as_number(number, 14) }}
    end
{%- endmacro %}
