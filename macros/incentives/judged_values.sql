{#
    CTEs that end in `kpi_values`: what a rule (a component, or the gate of one) is judged on, a row per
    payee, month and component. By month that is the published number; by quarter or year to date the
    months of membership so far, taken together and divided once. `components` has the payee's month
    (period_start, period_days, currency_code), component_id, judged_on and judged_start.

    The months' shares of a target of the year are rounded at six decimals: their sum is read at four,
    so that exactly the target meets it. A month without its number leaves all of them without one; a
    ratio of a month in which nothing happened adds nothing.
#}
{% macro judged_values(rule, rules) -%}
monthly_values as (

    select
        components.payee_id,
        components.period_start,
        components.period_days,
        components.component_id,
        coalesce(components.judged_on, 'month') = 'month' as is_by_month,
        components.judged_start,
        {% for column in [
            'kpi', 'kpi_label', 'unit', 'is_less_better', 'is_additive', 'numerator', 'denominator',
            'value', 'target', 'attainment', 'is_final', 'reason_message', 'rate_message',
        ] %}
        kpi_values.{{ column }},
        {% endfor %}
        kpi_values.value is null and coalesce(kpi_values.denominator, 1) != 0 as is_missing,
        {{ product('kpi_values.target', 6, 'components.period_days', 0) }} as target_days

    from {{ rules }}
    left join {{ ref('int_incentives__kpi_values') }} as kpi_values
        on {{ join_measured_kpi(rule, 'components') }}

),

summed_values as (

    select
        payee_id,
        period_start,
        component_id,
        is_by_month,
        is_less_better,
        is_additive,
        kpi_label,
        unit,
        value as month_value,
        attainment as month_attainment,
        target as month_target,
        case when count(kpi) over so_far = count(*) over so_far then kpi end as kpi,
        case when is_by_month then denominator else sum(denominator) over so_far end as denominator,
        sum(numerator) over so_far as numerator,
        sum(value) over so_far as summed_value,
        sum(target) over so_far as summed_target,
        sum(target_days) over so_far as target_days,
        sum(period_days) over so_far as days,
        count(target) over so_far = count(*) over so_far as has_target,
        count(case when is_missing then 1 end) over so_far > 0 as is_missing,
        min(case when is_final then 1 else 0 end) over so_far = 1 as is_final,
        coalesce(min(case when is_missing then reason_message end) over so_far, reason_message)
            as reason_message,
        coalesce(min(case when is_missing then rate_message end) over so_far, rate_message)
            as rate_message

    from monthly_values
    window so_far as (
        partition by payee_id, component_id, judged_start
        order by period_start
        rows unbounded preceding
    )

),

divided_values as (

    select
        *,
        cast(
            case
                when is_by_month then month_value
                when is_missing then null
                when is_additive then summed_value
                else {{ exact_ratio('numerator', 'denominator', 'try_cast') }}
            end as decimal(28, 10)
        ) as value,
        cast(
            case
                when is_by_month then month_target
                when not has_target then null
                when is_additive then round(summed_target, 4)
                else {{ exact_ratio('target_days', 'days') }}
            end as decimal(24, 6)
        ) as target

    from summed_values

),

kpi_values as (

    select
        *,
        case
            when is_by_month then month_attainment
            else {{ attainment('value', 'target', "case when is_less_better then 'down' else 'up' end") }}
        end as attainment

    from divided_values

)
{%- endmacro %}

{# The month, quarter or year in which the months of a component are taken together. #}
{% macro judged_start(component, payee_period) -%}
    case {{ component }}.judged_on
        when 'quarter' then {{ payee_period }}.quarter_start
        when 'year_to_date' then {{ payee_period }}.year_start
        else {{ payee_period }}.period_start
    end
{%- endmacro %}

{# A quarter is paid with its last month, or with the last month of whoever leaves before. #}
{% macro is_due(component, payee_period) -%}
    coalesce(
        {{ component }}.judged_on != 'quarter'
        or {{ payee_period }}.period_end >= {{ payee_period }}.quarter_end
        or {{ payee_period }}.is_last_month,
        true
    )
{%- endmacro %}

{#
    Units of the month's days in which amounts of several months add up: 377,580 is divided by the days
    of every month.
#}
{% macro month_units(payee_period) -%}
    {{ whole_quotient(common_days(), payee_period ~ '.period_days') }}
{%- endmacro %}

{% macro common_days() -%}377580{%- endmacro %}
