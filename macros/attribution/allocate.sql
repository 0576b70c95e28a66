{#
    One part of a total, so that the parts of a partition sum to the total exactly. Every share of
    credit and of money in attribution goes through this rule: each part is total * share, rounded
    half away from zero; what rounding leaves over goes to the first row of `order_by`, which names
    the largest share, ties to the earliest touch.
    total: decimal, the same on every row of the partition; null gives null.
    share: decimal 0..1 with at most ten decimals; scale: decimals of the result.
#}
{% macro allocate(total, share, scale, partition_by, order_by) -%}
    {%- set whole = 'cast(' ~ total ~ ' as decimal(38, 2))' -%}
    {%- set part = 'round(' ~ product(total, 2, share, 10) ~ ', ' ~ scale ~ ')' -%}
    (
        {{ part }}
        + case
            when row_number() over (partition by {{ partition_by }} order by {{ order_by }}) = 1
                then {{ whole }} - sum({{ part }}) over (partition by {{ partition_by }})
            else 0
        end
    )
{%- endmacro %}
