-- One row per range and attribution model: the channel that earned the most and what it brought.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

-- Money decides; where none is known, won deals do.
ranked_channels as (

    select
        sourcing.*,
        channels.channel_label,
        row_number() over (
            partition by sourcing.range_id, sourcing.model
            order by
                coalesce(sourcing.collected_amount, 0) desc,
                coalesce(sourcing.won_deals, 0) desc,
                channels.sort_order
        ) as channel_rank

    from sourcing
    inner join channels
        on sourcing.channel_id = channels.channel_id
    where sourcing.scope_type = 'channel'

)

select
    range_id,
    model,
    channel_label,
    collected_amount,
    won_deals,
    paid_amount

from ranked_channels
where channel_rank = 1
