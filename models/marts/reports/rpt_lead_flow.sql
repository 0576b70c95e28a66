-- One row per range, channel, product line and outcome: leads created in the range and what has become
-- of them so far.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

outcomes as (

    select * from {{ ref('int_reports__lead_outcomes') }}

),

outcome_names as (

    select * from (
        values
        ('won', 'Won', 1),
        ('lost', 'Deal lost', 2),
        ('turned_down', 'Turned down by sales', 3),
        ('ignored', 'Ignored', 4),
        ('not_handed_over', 'Not handed to sales', 5),
        ('open', 'Still open', 6)
    ) as names (outcome, outcome_label, sort_order)

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

),

channels as (

    select * from {{ ref('dim_channels') }}

),

product_lines as (

    select * from {{ ref('dim_product_lines') }}

),

counted_leads as (

    select
        ranges.range_id,
        leads.channel_id,
        leads.product_line_id,
        outcomes.outcome,
        cast(count(*) as bigint) as leads

    from leads
    inner join outcomes
        on leads.lead_id = outcomes.lead_id
    inner join ranges
        on leads.created_date >= ranges.range_start
        and leads.created_date < ranges.range_end
    group by ranges.range_id, leads.channel_id, leads.product_line_id, outcomes.outcome

)

select
    counted_leads.range_id,
    coalesce(counted_leads.channel_id, 'unattributed') as channel_id,
    coalesce(channels.channel_label, 'Unattributed') as channel_label,
    coalesce(counted_leads.product_line_id, 'unattributed') as product_line_id,
    coalesce(product_lines.product_line_label, 'No product line') as product_line_label,
    counted_leads.outcome,
    outcome_names.outcome_label,
    cast(outcome_names.sort_order as integer) as outcome_order,
    counted_leads.leads

from counted_leads
left join channels
    on counted_leads.channel_id = channels.channel_id
left join product_lines
    on counted_leads.product_line_id = product_lines.product_line_id
left join outcome_names
    on counted_leads.outcome = outcome_names.outcome
