{# Who answers for a lost deal, for people. #}
{% macro lost_side_label(side) -%}
    case {{ side }}
        when 'marketing' then 'Marketing'
        when 'sales' then 'Sales'
        when 'product' then 'Product and price'
        when 'nobody' then 'Nobody'
        else 'Not known'
    end
{%- endmacro %}

{#
    Counts of lost deals and their money, disputes beside them. One deal without an amount makes a sum
    unknown, not smaller.
#}
{% macro lost_sums(deals) -%}
    cast(count(*) as bigint) as lost_deals,
    case
        when count(*) = count({{ deals }}.amount)
            then cast(sum({{ deals }}.amount) as decimal(28, 2))
    end as lost_amount,
    cast(count(case when {{ deals }}.is_disputed then 1 end) as bigint) as disputed_deals,
    case
        when
            count(case when {{ deals }}.is_disputed then 1 end)
            = count(case when {{ deals }}.is_disputed then {{ deals }}.amount end)
            then cast(
                coalesce(sum(case when {{ deals }}.is_disputed then {{ deals }}.amount end), 0)
                as decimal(28, 2)
            )
    end as disputed_amount
{%- endmacro %}
