-- One row per range, month and product line (or all of them together) for which marketing owed
-- sales leads: what was owed and what was delivered.

with

obligations as (

    select * from {{ ref('fct_sla_obligations') }}
    where obligation_kind = 'lead_supply'

),

ranges as (

    select * from {{ ref('dim_ranges') }}

)

select
    ranges.range_id,
    obligations.obligation_id,
    obligations.started_date as month_start,
    {{ period_label("'month'", 'obligations.started_date') }} as month_label,
    {{ message('sales.all_or_line', {
        'line': 'coalesce(product_lines.product_line_label, obligations.product_line_id)'
    }) }} as product_line_label_message,
    {{ message('sales.supply_measure', {'measure': 'obligations.supply_measure'}) }}
        as measure_label_message,
    obligations.owed_quantity,
    obligations.delivered_quantity,
    cast(
        obligations.delivered_quantity / nullif(obligations.owed_quantity, 0) as decimal(28, 6)
    ) as delivered_share,
    coalesce(
        obligations.reason_message,
        {{ message('sales.supply_state', {'status': 'obligations.status'}) }}
    ) as state_label_message,
    -- A month that is over cannot be mended: to be watched, not acted on.
    case
        when obligations.status = 'met' then 'good'
        when obligations.status in ('late', 'breached') then 'warn'
        else 'neutral'
    end as tone

from obligations
inner join ranges
    on obligations.started_date >= ranges.range_start
    and obligations.started_date < ranges.counted_end
left join {{ ref('dim_product_lines') }} as product_lines
    on obligations.product_line_id = product_lines.product_line_id
