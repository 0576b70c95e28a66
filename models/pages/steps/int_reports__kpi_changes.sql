-- One row per card of a KPI and period: the change since the period before, in words, and whether
-- it is good.

with

owner_values as (

    select * from {{ ref('int_reports__owner_values') }}

),

measured_changes as (

    select
        *,
        value - previous_value as change,
        case
            when unit in ('percent', 'ratio') then null
            when previous_value > 0
                then {{ exact_ratio('value - previous_value', 'previous_value') }}
        end as relative_change

    from owner_values

),

-- A share changes by points, an amount by per cent; without a value before there is no change to
-- tell.
described_changes as (

    select
        card_id,
        period_type,
        period_start,
        case
            when change is null then null
            when change = 0 then 'as in ' || previous_label
            when unit = 'percent'
                then {{ signed_text(product('change', 10, '100', 0), 1) }}
                    || ' pts on ' || previous_label
            when unit = 'ratio' then {{ signed_text('change', 2) }} || ' on ' || previous_label
            when relative_change is not null
                then {{ signed_text(product('relative_change', 10, '100', 0), 1) }}
                    || ' % on ' || previous_label
        end as change_text,
        case
            when change is null or change = 0 or direction = 'neutral' then 'neutral'
            when (direction = 'up') = (change > 0) then 'good'
            else 'warn'
        end as change_tone

    from measured_changes

)

select * from described_changes
