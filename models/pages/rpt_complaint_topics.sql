-- One row per range, product line and promise of the advertising that clients complain or write
-- reviews about, the total of the range included.

with

complaints as (

    select * from {{ ref('fct_complaints') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

labelled_complaints as (

    {% for is_total in ['false', 'true'] %}
    select
        {% if loop.first %}
        coalesce(
            product_lines.product_line_label, complaints.product_line_id, 'No product line'
        ) as product_line_label,
        coalesce(complaints.promise, 'No promise named') as promise,
        {% else %}
        'Total' as product_line_label,
        '' as promise,
        {% endif %}
        {{ is_total }} as is_total,
        complaints.received_date,
        complaints.kind,
        complaints.rating,
        complaints.is_open,
        complaints.days_to_resolve

    from complaints
    {% if loop.first %}
    left join {{ ref('dim_product_lines') }} as product_lines
        on complaints.product_line_id = product_lines.product_line_id

    union all

    {% endif %}
    {% endfor %}

)

select
    ranges.range_id,
    labelled_complaints.product_line_label,
    labelled_complaints.promise,
    labelled_complaints.is_total,
    cast(count(case when labelled_complaints.kind = 'complaint' then 1 end) as bigint)
        as complaints,
    cast(
        count(
            case
                when labelled_complaints.kind = 'complaint' and labelled_complaints.is_open then 1
            end
        ) as bigint
    ) as open_complaints,
    cast(
        {{ exact_ratio(
            'sum(labelled_complaints.days_to_resolve)',
            'count(labelled_complaints.days_to_resolve)'
        ) }} as decimal(28, 1)
    ) as average_days_to_resolve,
    cast(count(case when labelled_complaints.kind = 'review' then 1 end) as bigint) as reviews,
    -- The stars of reviews only: a complaint may carry some too, and no review would have written
    -- them.
    cast(
        {{ exact_ratio(
            "sum(case when labelled_complaints.kind = 'review' then labelled_complaints.rating end)",
            "count(case when labelled_complaints.kind = 'review' then labelled_complaints.rating end)"
        ) }} as decimal(28, 2)
    ) as average_rating

from labelled_complaints
inner join ranges
    on labelled_complaints.received_date >= ranges.range_start
    and labelled_complaints.received_date < ranges.counted_end
group by
    ranges.range_id,
    labelled_complaints.product_line_label,
    labelled_complaints.promise,
    labelled_complaints.is_total
