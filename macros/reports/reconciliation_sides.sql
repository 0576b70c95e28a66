{#
    The amounts of reconciliations, one row each, in or out: money missing on either side then leaves
    a difference instead of a missing row. `sides`: (check, relation, month or null for all data,
    subject, unit, amount, 'in' or 'out').
#}
{% macro reconciliation_sides(sides) %}
    {% for check, relation, month, subject, unit, amount, side in sides %}
    select
        '{{ check }}' as check_id,
        cast({{ month }} as date) as period_start,
        cast({{ subject }} as string) as subject,
        cast({{ unit }} as string) as unit,
        cast({{ amount if side == 'in' else 0 }} as decimal(24, 6)) as amount_in,
        cast({{ amount if side == 'out' else 0 }} as decimal(24, 6)) as amount_out
    from {{ relation }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
{% endmacro %}

{# First day of the month of a day. #}
{% macro month_of(day) -%}
    cast({{ dbt.date_trunc('month', day) }} as date)
{%- endmacro %}
