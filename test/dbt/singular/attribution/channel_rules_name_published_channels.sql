-- A rule leads to a channel of the list, to no channel, or to the channel as it was recorded.

select
    channel_rules.rule_id,
    channel_rules.channel_id

from {{ ref('channel_rules') }} as channel_rules
left join {{ ref('channels') }} as channels
    on channel_rules.channel_id = channels.channel_id
where
    channel_rules.channel_id not in ('unattributed', 'as_recorded')
    and channels.channel_id is null
