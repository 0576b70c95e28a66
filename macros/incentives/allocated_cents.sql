{#
    Cents of one part when parts must sum to a total: every part is floored, and the cents still
    missing go to the largest left-overs, ties by `tie_break` (the lower one first).
#}
{% macro allocated_cents(total_cents, floored_cents, left_over, group_by, tie_break) -%}
    {{ floored_cents }} + case
        when
            row_number() over (
                partition by {{ group_by }}
                order by {{ left_over }} desc, {{ tie_break }}
            ) <= {{ total_cents }} - sum({{ floored_cents }}) over (partition by {{ group_by }})
            then 1
        else 0
    end
{%- endmacro %}
