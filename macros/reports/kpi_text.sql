{# A KPI's value as people read it, by its unit in the catalogue: "541,720 EUR", "54.2 %". #}
{% macro kpi_text(value, unit) -%}
    case {{ unit }}
        when 'currency' then {{ amount_text(value) }} || ' {{ var("company_currency") }}'
        when 'percent'
            then cast(cast(round({{ product(value, 10, '100', 0) }}, 1) as decimal(28, 1)) as varchar) || ' %'
        when 'ratio' then cast(cast(round({{ value }}, 2) as decimal(28, 2)) as varchar)
        when 'flag' then case when {{ value }} = 1 then 'yes' else 'no' end
        else {{ amount_text(value) }}
    end
{%- endmacro %}

{#
    Whether a value that misses its target would be shown as the target itself: 4.9996 and 5.00 are
    both "5.00". `format` is the pages' number format of the KPI.
#}
{% macro hides_a_miss(format, value, target, attainment, extra_decimals=0) -%}
    coalesce(
        {{ attainment }} < 1 and case {{ format }}
            {% for name, decimals in [('pct1', 3), ('num2', 2), ('num1', 1)] %}
            when '{{ name }}'
                then
                    round({{ value }}, {{ decimals + extra_decimals }})
                    = round({{ target }}, {{ decimals + extra_decimals }})
            {% endfor %}
            else
                round({{ value }}, {{ extra_decimals }}) = round({{ target }}, {{ extra_decimals }})
        end,
        false
    )
{%- endmacro %}

{# The number format of a value beside its target: two decimals more where rounding hides a miss. #}
{% macro compared_format(format, value, target, attainment) -%}
    case
        when {{ hides_a_miss(format, value, target, attainment) }}
            then
                case {{ format }}
                    when 'pct1' then 'pct3'
                    when 'num2' then 'num4'
                    when 'num1' then 'num3'
                    when 'money' then 'money_exact'
                    else 'num2'
                end
        else {{ format }}
    end
{%- endmacro %}

{#
    A KPI's value in a sentence with its target: told as exactly as it takes to see the miss,
    "4.9996" of 5.00; where even that is not enough, "just under 5.00".
#}
{% macro compared_kpi_text(value, target, attainment, unit) -%}
    case
        when {{ hides_a_miss(kpi_format(unit), value, target, attainment, extra_decimals=2) }}
            then
                case when {{ value }} < {{ target }} then 'just under ' else 'just over ' end
                || {{ kpi_text(target, unit) }}
        when {{ hides_a_miss(kpi_format(unit), value, target, attainment) }}
            then
                case {{ unit }}
                    when 'currency'
                        then
                            {{ number_text('cast(round(' ~ value ~ ', 2) as decimal(28, 2))') }}
                            || ' {{ var("company_currency") }}'
                    when 'percent'
                        then
                            cast(cast(round({{ product(value, 10, '100', 0) }}, 3) as decimal(28, 3)) as varchar)
                            || ' %'
                    when 'ratio'
                        then cast(cast(round({{ value }}, 4) as decimal(28, 4)) as varchar)
                    else cast(cast(round({{ value }}, 2) as decimal(28, 2)) as varchar)
                end
        else {{ kpi_text(value, unit) }}
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
        cast(round(abs({{ change }}), {{ decimals }}) as decimal(28, {{ decimals }})) as varchar
    )
{%- endmacro %}

{#
    An attainment as pages show it: cut at whole per cents, so that 99.96 % is never "100 %". Every
    attainment of a mart comes from here or, to two decimals of a per cent, from shown_percent.
#}
{% macro shown_attainment(attainment) -%}
    cast({{ product('floor(' ~ product(attainment, 10, '100', 0) ~ ')', 0, '0.01', 2) }} as decimal(28, 2))
{%- endmacro %}

{# A checked amount: deals and rows in whole numbers, money to the cent. #}
{% macro check_text(amount, unit) -%}
    case
        when {{ unit }} in ('deals', 'rows') then {{ amount_text(amount) }}
        else {{ number_text(amount) }}
    end
{%- endmacro %}
