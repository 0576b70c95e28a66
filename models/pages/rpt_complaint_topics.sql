-- One row per range, product line and promise of the advertising that clients complain or write
-- reviews about, the total of the range included.

with

complaints as (

    select * from {{ ref('fct_complaints') }}

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

labelled_complaints as (

    {% for is_total in ['false', 'true'] %}
    select
        {% if loop.first %}
        {{ name_or(
            'coalesce(product_lines.product_line_label, complaints.product_line_id)',
            message('lead_quality.complaints.no_product_line')
        ) }} as product_line_label_message,
        {{ name_or('complaints.promise', message('lead_quality.complaints.no_promise')) }}
            as promise_message,
        {% else %}
        {{ message('lead_quality.complaints.total') }} as product_line_label_message,
        {{ message('plain', {'text': "''"}) }} as promise_message,
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
    labelled_complaints.product_line_label_message,
    labelled_complaints.promise_message,
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
    cast(avg(labelled_complaints.days_to_resolve) as decimal(28, 1)) as average_days_to_resolve,
    cast(count(case when labelled_complaints.kind = 'review' then 1 end) as bigint) as reviews,
    -- The rating of reviews only: a complaint may carry one too, which no review gave.
    cast(
        avg(case when labelled_complaints.kind = 'review' then labelled_complaints.rating end)
        as decimal(28, 2)
    ) as average_rating

from labelled_complaints
inner join ranges
    on labelled_complaints.received_date >= ranges.range_start
    and labelled_complaints.received_date < ranges.counted_end
group by
    ranges.range_id,
    labelled_complaints.product_line_label_message,
    labelled_complaints.promise_message,
    labelled_complaints.is_total
