{# What the attainments of the three sides mean together. The first case is the alarm. #}
{% macro alignment_status(sides) -%}
    case
        when {{ sides }}.is_both_green_company_red is null then 'not_measured'
        when {{ sides }}.is_both_green_company_red = 1 then 'both_green_company_red'
        when {{ sides }}.company_attainment >= 1
            then
                case
                    when {{ sides }}.marketing_attainment >= 1 and {{ sides }}.sales_attainment >= 1
                        then 'all_on_target'
                    when {{ sides }}.marketing_attainment >= 1 then 'only_sales_below'
                    when {{ sides }}.sales_attainment >= 1 then 'only_marketing_below'
                    else 'only_company_on_target'
                end
        when {{ sides }}.marketing_attainment >= 1 then 'company_and_sales_below'
        when {{ sides }}.sales_attainment >= 1 then 'company_and_marketing_below'
        else 'all_below'
    end
{%- endmacro %}

{# Red is kept for the alarm: each department looks fine and the company misses its target. #}
{% macro alignment_tone(status_code) -%}
    case {{ status_code }}
        when 'both_green_company_red' then 'bad'
        when 'all_on_target' then 'good'
        when 'not_measured' then 'neutral'
        else 'warn'
    end
{%- endmacro %}

{# How many of the assigned leads nobody contacted, and what they had cost. #}
{% macro ignored_message(periods) -%}
    {{ message('overview.ignored', {
        'rate': as_percent(periods ~ '.ignored_lead_rate', 0),
        'cost': as_money('nullif(' ~ periods ~ '.wasted_spend, 0)')
    }) }}
{%- endmacro %}
