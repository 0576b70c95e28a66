-- One row per range, scope (company, channel of the lead, owner) and, by level: the side
-- responsible for lost deals, the reason for which they were lost with that side, and the total.

with

lost_deals as (

    select * from {{ ref('fct_lost_deals') }}

),

lost_scopes as (

    {% for scope_type, column in [
        ('company', none), ('channel', 'channel_id'), ('person', 'person_id')
    ] %}
    select
        '{{ scope_type }}' as scope_type,
        {{ "'all'" if column is none else "coalesce(" ~ column ~ ", 'unattributed')" }} as scope_id,
        closed_date,
        lost_reason_label as lost_reason,
        coalesce(responsible_side, 'unknown') as responsible_side,
        case
            when responsible_side is not null then null
            when lost_reason_label is null then 'no_reason'
            else 'no_side'
        end as unknown_code,
        is_disputed,
        amount

    from lost_deals
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

levels as (

    {% for level, reason, side in [
        ('side', 'cast(null as varchar)', 'responsible_side'),
        ('reason', 'lost_reason', 'responsible_side'),
        ('total', 'cast(null as varchar)', "'all'"),
    ] %}
    select
        '{{ level }}' as level,
        scope_type,
        scope_id,
        {{ reason }} as lost_reason,
        {{ side }} as responsible_side,
        closed_date,
        unknown_code,
        is_disputed,
        amount

    from lost_scopes
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

-- One deal without an amount makes a sum unknown, not smaller.
counted_levels as (

    select
        ranges.range_id,
        levels.level,
        levels.scope_type,
        levels.scope_id,
        levels.lost_reason,
        levels.responsible_side,
        cast(count(*) as bigint) as lost_deals,
        case
            when count(*) = count(levels.amount) then cast(sum(levels.amount) as decimal(28, 2))
        end as lost_amount,
        cast(count(case when levels.is_disputed then 1 end) as bigint) as disputed_deals,
        case
            when
                count(case when levels.is_disputed then 1 end)
                = count(case when levels.is_disputed then levels.amount end)
                then
                    cast(
                        coalesce(sum(case when levels.is_disputed then levels.amount end), 0)
                        as decimal(28, 2)
                    )
        end as disputed_amount,
        max(levels.unknown_code) as unknown_code

    from levels
    inner join {{ ref('dim_ranges') }} as ranges
        on levels.closed_date >= ranges.range_start
        and levels.closed_date < ranges.counted_end
    group by
        ranges.range_id,
        levels.level,
        levels.scope_type,
        levels.scope_id,
        levels.lost_reason,
        levels.responsible_side

)

select
    range_id,
    level,
    scope_type,
    scope_id,
    case
        when level = 'total' then {{ message('sales.total') }}
        when level = 'reason' then {{ message('sales.lost_reason', {'reason': 'lost_reason'}) }}
    end as lost_reason_message,
    responsible_side,
    case
        when level != 'total' then {{ message('sales.side', {'side': 'responsible_side'}) }}
    end as side_label_message,
    level = 'total' as is_total,
    lost_deals,
    cast(
        lost_deals / max(case when level = 'total' then lost_deals end) over (
            partition by range_id, scope_type, scope_id
        ) as decimal(28, 6)
    ) as lost_share,
    lost_amount,
    disputed_deals,
    disputed_amount,
    case
        when level = 'side' and unknown_code is not null
            then {{ message('sales.unknown_side', {'code': 'unknown_code'}) }}
    end as unknown_reason_message,
    case responsible_side
        when 'marketing' then 1
        when 'sales' then 2
        when 'product' then 3
        when 'nobody' then 4
        else 5
    end as sort_order

from counted_levels
