{# What the attainments of the three sides mean together, in words. The first case is the alarm. #}
{% macro alignment_status(sides) -%}
    case
        when {{ sides }}.is_both_green_company_red is null then 'Not measured'
        when {{ sides }}.is_both_green_company_red = 1 then 'Both green, company red'
        when {{ sides }}.company_attainment >= 1
            then
                case
                    when {{ sides }}.marketing_attainment >= 1 and {{ sides }}.sales_attainment >= 1
                        then 'All on target'
                    when {{ sides }}.marketing_attainment >= 1 then 'Company on target, sales below'
                    when {{ sides }}.sales_attainment >= 1 then 'Company on target, marketing below'
                    else 'Company on target, both departments below'
                end
        when {{ sides }}.marketing_attainment >= 1 then 'Company and sales below'
        when {{ sides }}.sales_attainment >= 1 then 'Company and marketing below'
        else 'All below target'
    end
{%- endmacro %}

{# Red is kept for the alarm: each department looks fine and the company misses its target. #}
{% macro alignment_tone(status) -%}
    case {{ status }}
        when 'Both green, company red' then 'bad'
        when 'All on target' then 'good'
        when 'Not measured' then 'neutral'
        else 'warn'
    end
{%- endmacro %}
