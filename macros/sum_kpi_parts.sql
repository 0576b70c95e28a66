{#
    The additive parts of a KPI per day and combination of the conformed dimensions.
    Rows with an unknown side (an amount without a rate) are counted, not taken as zero: a ratio over
    spend that is only partly known would look better than it is.
#}
{% macro sum_kpi_parts(relation, is_ratio=false) %}
select
    kpi_date,
    channel_id,
    campaign_id,
    product_line_id,
    person_id,
    department_id,
    cast(coalesce(sum(numerator), 0) as decimal(24, 6)) as numerator,
    {% if is_ratio %}
    cast(coalesce(sum(denominator), 0) as decimal(24, 6)) as denominator,
    {% else %}
    cast(null as decimal(24, 6)) as denominator,
    {% endif %}
    cast(
        count(*) - count({{ 'numerator + denominator' if is_ratio else 'numerator' }}) as bigint
    ) as unknown_parts

from {{ relation }}
group by kpi_date, channel_id, campaign_id, product_line_id, person_id, department_id
{% endmacro %}
