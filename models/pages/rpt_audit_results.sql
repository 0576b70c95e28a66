-- One row per range, part (all audits, reason, person, product line) and member: how many audits
-- ended otherwise than sales had, and what these leads have brought since.

{% set parts = {
    'all': "'all'",
    'reason': 'queue.reason',
    'person': 'queue.rejected_by_person_id',
    'product_line': 'audits.product_line_id',
} %}

with

audit_parts as (

    {% for part_type, member in parts.items() %}
    select
        '{{ part_type }}' as part_type,
        coalesce({{ member }}, 'none') as part_id,
        audits.audited_date,
        audits.verdict,
        audits.reclaimed_amount

    from {{ ref('fct_lead_audits') }} as audits
    inner join {{ ref('fct_audit_queue') }} as queue
        on audits.rejection_id = queue.rejection_id
    where audits.is_judging
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

counted_audits as (

    select
        ranges.range_id,
        audit_parts.part_type,
        audit_parts.part_id,
        cast(count(*) as bigint) as audits,
        cast(count(case when audit_parts.verdict = 'overturned' then 1 end) as bigint)
            as overturned_audits,
        -- One payment without a rate makes the sum unknown, not smaller.
        case
            when count(*) = count(audit_parts.reclaimed_amount)
                then cast(sum(audit_parts.reclaimed_amount) as decimal(28, 2))
        end as reclaimed_amount

    from audit_parts
    inner join ranges
        on audit_parts.audited_date >= ranges.range_start
        and audit_parts.audited_date < ranges.counted_end
    group by ranges.range_id, audit_parts.part_type, audit_parts.part_id

)

select
    counted_audits.range_id,
    counted_audits.part_type,
    counted_audits.part_id,
    {{ name_or(
        'coalesce(' ~ person_label('people') ~ ', product_lines.product_line_label, '
        ~ "case when counted_audits.part_type = 'all' then null else "
        ~ "nullif(counted_audits.part_id, 'none') end)",
        message('qa.part', {'part': 'counted_audits.part_type'})
    ) }} as part_label_message,
    counted_audits.part_type = 'all' as is_total,
    counted_audits.audits,
    counted_audits.overturned_audits,
    {{ message('qa.overturned_of', {
        'overturned': 'counted_audits.overturned_audits', 'audits': 'counted_audits.audits'
    }) }} as overturned_message,
    cast(counted_audits.overturned_audits / counted_audits.audits as decimal(28, 6))
        as overturned_share,
    counted_audits.reclaimed_amount

from counted_audits
left join {{ ref('dim_people') }} as people
    on counted_audits.part_type = 'person'
    and counted_audits.part_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on counted_audits.part_type = 'product_line'
    and counted_audits.part_id = product_lines.product_line_id
