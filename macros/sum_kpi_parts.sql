{#
    The additive parts of a KPI per day and combination of the conformed dimensions.
    Rows with an unknown side (an amount without a rate) are counted, not taken as zero: a ratio over
    spend that is only partly known would look better than it is. Rows of which time will tell on
    which side they count (`is_pending`, with zeros until then) are counted too: while there are any,
    a period is not final. Ten decimals, as a share of a deal has: shares sum to whole deals.
#}
{% macro sum_kpi_parts(relation, is_ratio=false, has_pending=false) %}
select
    kpi_date,
    channel_id,
    campaign_id,
    product_line_id,
    person_id,
    department_id,
    cast(coalesce(sum(numerator), 0) as decimal(28, 10)) as numerator,
    {% if is_ratio %}
    cast(coalesce(sum(denominator), 0) as decimal(28, 10)) as denominator,
    {% else %}
    cast(null as decimal(28, 10)) as denominator,
    {% endif %}
    cast(
        count(*) - count({{ 'numerator + denominator' if is_ratio else 'numerator' }}) as bigint
    ) as unknown_parts,
    cast({{ 'sum(case when is_pending then 1 else 0 end)' if has_pending else '0' }} as bigint)
        as pending_parts

from {{ relation }}
group by kpi_date, channel_id, campaign_id, product_line_id, person_id, department_id
{% endmacro %}
