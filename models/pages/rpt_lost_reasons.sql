-- One row per range, scope (company, channel of the lead, owner), reason for which deals were lost
-- and side that answers for it, the total included.

with

lost_scopes as (

    select * from {{ ref('int_reports__lost_scopes') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

reasons as (

    {% for reason, side in [('lost_reason', 'responsible_side'), ("'Total'", "'all'")] %}
    select
        scope_type,
        scope_id,
        {{ reason }} as lost_reason,
        {{ side }} as responsible_side,
        {{ 'false' if loop.first else 'true' }} as is_total,
        closed_date,
        is_disputed,
        amount

    from lost_scopes
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
        reasons.responsible_side,
        reasons.is_total,
        {{ lost_sums('reasons') }}

    from reasons
    inner join ranges
        on reasons.closed_date >= ranges.range_start
        and reasons.closed_date < ranges.counted_end
    group by
        ranges.range_id,
        reasons.scope_type,
        reasons.scope_id,
        reasons.lost_reason,
        reasons.responsible_side,
        reasons.is_total

)

select
    *,
    case when not is_total then {{ lost_side_label('responsible_side') }} end as side_label,
    cast(
        {{ exact_ratio(
            'lost_deals',
            'max(case when is_total then lost_deals end) over (
                partition by range_id, scope_type, scope_id
            )'
        ) }} as decimal(28, 6)
    ) as lost_share

from counted_reasons
