-- One row per range, channel, product line and outcome: leads created in the range and what has
-- become of them so far. Pairs of channel and product line are ranked by their leads.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

outcomes as (

    select * from {{ ref('int_reports__lead_outcomes') }}

),

ranges as (

    select * from {{ ref('dim_ranges') }}
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
        and leads.created_date < ranges.counted_end
    group by ranges.range_id, leads.channel_id, leads.product_line_id, outcomes.outcome

),

ranked_pairs as (

    select
        range_id,
        channel_id,
        product_line_id,
        row_number() over (
            partition by range_id order by sum(leads) desc, channel_id, product_line_id
        ) as pair_rank,
        count(*) over (partition by range_id) as pair_count

    from counted_leads
    group by range_id, channel_id, product_line_id

)

select
    counted_leads.range_id,
    coalesce(counted_leads.channel_id, 'unattributed') as channel_id,
    {{ message('marketing.pair', {
        'channel': 'channels.channel_label', 'line': 'product_lines.product_line_label'
    }) }} as pair_label_message,
    coalesce(counted_leads.product_line_id, 'unattributed') as product_line_id,
    cast(ranked_pairs.pair_rank as integer) as pair_rank,
    cast(ranked_pairs.pair_count as integer) as pair_count,
    counted_leads.outcome,
    case counted_leads.outcome
        when 'won' then {{ message('marketing.outcome_won') }}
        when 'lost' then {{ message('marketing.outcome_lost') }}
        when 'turned_down' then {{ message('marketing.outcome_rejected') }}
        when 'ignored' then {{ message('marketing.outcome_ignored') }}
        when 'not_handed_over' then {{ message('marketing.outcome_not_handed_over') }}
        when 'open' then {{ message('marketing.outcome_open') }}
    end as outcome_label_message,
    case counted_leads.outcome
        when 'won' then 1 when 'lost' then 2 when 'turned_down' then 3 when 'ignored' then 4
        when 'not_handed_over' then 5 else 6
    end as outcome_order,
    counted_leads.leads

from counted_leads
inner join ranked_pairs
    on counted_leads.range_id = ranked_pairs.range_id
    and counted_leads.channel_id is not distinct from ranked_pairs.channel_id
    and counted_leads.product_line_id is not distinct from ranked_pairs.product_line_id
left join channels
    on counted_leads.channel_id = channels.channel_id
left join product_lines
    on counted_leads.product_line_id = product_lines.product_line_id
