-- One row per range, scope (company, channel of the lead, owner) and reason for which deals were
-- lost, the total included.

with

deal_scopes as (

    select * from {{ ref('int_reports__deal_scopes') }}
    where status = 'lost'

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

reasons as (

    {% for reason in ["coalesce(lost_reason, 'No reason given')", "'Total'"] %}
    select
        scope_type,
        scope_id,
        {{ reason }} as lost_reason,
        {{ 'false' if loop.first else 'true' }} as is_total,
        closed_date,
        booked_amount

    from deal_scopes
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

counted_reasons as (

    select
        ranges.range_id,
        reasons.scope_type,
        reasons.scope_id,
        reasons.lost_reason,
        reasons.is_total,
        cast(count(*) as bigint) as lost_deals,
        -- One deal without an amount makes the sum unknown, not smaller.
        case
            when count(*) = count(reasons.booked_amount)
                then cast(sum(reasons.booked_amount) as decimal(18, 2))
        end as lost_amount

    from reasons
    inner join ranges
        on reasons.closed_date >= ranges.range_start
        and reasons.closed_date < ranges.range_end
    group by
        ranges.range_id, reasons.scope_type, reasons.scope_id, reasons.lost_reason, reasons.is_total

)

select
    *,
    cast(
        {{ exact_ratio(
            'lost_deals',
            'max(case when is_total then lost_deals end) over (
                partition by range_id, scope_type, scope_id
            )'
        ) }} as decimal(18, 6)
    ) as lost_share

from counted_reasons
