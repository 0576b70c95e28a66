{# A KPI's value as people read it, by its unit in the catalogue: "541,720 EUR", "54.2 %". #}
{% macro kpi_text(value, unit) -%}
    case {{ unit }}
        when 'currency' then {{ amount_text(value) }} || ' {{ var("company_currency") }}'
        when 'percent'
            then cast(cast(round({{ value }} * 100, 1) as decimal(18, 1)) as varchar) || ' %'
        when 'ratio' then cast(cast(round({{ value }}, 2) as decimal(18, 2)) as varchar)
        when 'flag' then case when {{ value }} = 1 then 'yes' else 'no' end
        else {{ amount_text(value) }}
    end
{%- endmacro %}

{# The pages' number format for a unit of the catalogue. #}
{% macro kpi_format(unit) -%}
    case {{ unit }}
        when 'currency' then 'money'
        when 'percent' then 'pct1'
        when 'ratio' then 'num2'
        else 'num0'
    end
{%- endmacro %}

{#
    A limit of the company's rules. A missing one stops the run in int_reports__limits.
#}
{% macro report_limit(limit_name) -%}
    (select {{ limit_name }} from {{ ref('int_reports__limits') }})
{%- endmacro %}

{# How an attainment reads: good from 100 %, bad below the limit, between them to be watched. #}
{% macro attainment_tone(attainment) -%}
    case
        when {{ attainment }} is null then 'neutral'
        when {{ attainment }} >= 1 then 'good'
        when {{ attainment }} >= {{ report_limit('near_target_attainment') }} then 'warn'
        else 'bad'
    end
{%- endmacro %}

{# A change with its sign, rounded: 2.34 is "+2.3". A minus is written as people write it. #}
{% macro signed_text(change, decimals) -%}
    case when {{ change }} > 0 then '+' when {{ change }} < 0 then '−' else '' end
    || cast(
        cast(round(abs({{ change }}), {{ decimals }}) as decimal(18, {{ decimals }})) as varchar
    )
{%- endmacro %}

{# An attainment as pages show it: cut at whole per cents, so that 99.96 % is never "100 %". #}
{% macro shown_attainment(attainment) -%}
    cast(floor({{ attainment }} * 100) / 100 as decimal(18, 2))
{%- endmacro %}

{# A checked amount: deals in whole numbers, money to the cent. #}
{% macro check_text(amount) -%}
    case
        when unit = 'deals' then {{ amount_text(amount) }}
        else {{ number_text(amount) }}
    end
{%- endmacro %}
