-- One row per range, part (all audits, reason, person, product line) and member: how many audits
-- ended otherwise than sales had, and what these leads have brought since.

with

audit_parts as (

    select * from {{ ref('int_reports__audit_parts') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

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
    case
        when counted_audits.part_type = 'all' then 'All'
        when counted_audits.part_type = 'reason' and counted_audits.part_id = 'none'
            then 'No reason given'
        when counted_audits.part_id = 'none' then 'Not known'
        when people.person_id is not null then {{ person_label('people') }}
        else coalesce(product_lines.product_line_label, counted_audits.part_id)
    end as part_label,
    counted_audits.part_type = 'all' as is_total,
    counted_audits.audits,
    counted_audits.overturned_audits,
    cast(counted_audits.overturned_audits as varchar) || ' of '
    || cast(counted_audits.audits as varchar) as overturned_text,
    cast(
        {{ exact_ratio('counted_audits.overturned_audits', 'counted_audits.audits') }}
        as decimal(28, 6)
    ) as overturned_share,
    counted_audits.reclaimed_amount

from counted_audits
left join {{ ref('dim_people') }} as people
    on counted_audits.part_type = 'person'
    and counted_audits.part_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on counted_audits.part_type = 'product_line'
    and counted_audits.part_id = product_lines.product_line_id
