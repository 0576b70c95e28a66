-- One row per range, scope (company, channel of the lead, owner) and side that answers for lost
-- deals: how many and how much, and what of it is disputed.

with

lost_scopes as (

    select * from {{ ref('int_reports__lost_scopes') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

sides as (

    select
        ranges.range_id,
        lost_scopes.scope_type,
        lost_scopes.scope_id,
        lost_scopes.responsible_side,
        {{ lost_sums('lost_scopes') }},
        max(lost_scopes.unknown_side_reason) as unknown_reason

    from lost_scopes
    inner join ranges
        on lost_scopes.closed_date >= ranges.range_start
        and lost_scopes.closed_date < ranges.counted_end
    group by
        ranges.range_id,
        lost_scopes.scope_type,
        lost_scopes.scope_id,
        lost_scopes.responsible_side

)

select
    range_id,
    scope_type,
    scope_id,
    responsible_side,
    {{ lost_side_label('responsible_side') }} as side_label,
    lost_deals,
    cast(
        {{ exact_ratio(
            'lost_deals', 'sum(lost_deals) over (partition by range_id, scope_type, scope_id)'
        ) }} as decimal(28, 6)
    ) as lost_share,
    lost_amount,
    disputed_deals,
    disputed_amount,
    unknown_reason,
    case responsible_side
        when 'marketing' then 1
        when 'sales' then 2
        when 'product' then 3
        when 'nobody' then 4
        else 5
    end as sort_order

from sides
