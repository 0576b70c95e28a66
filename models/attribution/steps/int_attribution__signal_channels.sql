-- One row per combination of signals and period between two changes of the rules: its channel.

with

channel_matches as (

    select * from {{ ref('int_attribution__channel_matches') }}

),

rule_periods as (

    select * from {{ ref('int_attribution__rule_periods') }}

),

channels as (

    select * from {{ ref('channels') }}

),

-- The first rule that fits wins.
ranked_matches as (

    select
        channel_matches.utm_source,
        channel_matches.utm_medium,
        channel_matches.utm_campaign,
        channel_matches.click_id,
        channel_matches.referrer_host,
        channel_matches.recorded_channel,
        channel_matches.channel_id,
        rule_periods.valid_from,
        rule_periods.valid_to,
        row_number() over (
            partition by
                channel_matches.utm_source,
                channel_matches.utm_medium,
                channel_matches.utm_campaign,
                channel_matches.click_id,
                channel_matches.referrer_host,
                channel_matches.recorded_channel,
                rule_periods.valid_from
            order by channel_matches.priority, channel_matches.rule_id
        ) as match_number

    from channel_matches
    inner join rule_periods
        on {{ is_in_force('channel_matches', 'rule_periods.valid_from') }}

),

signal_channels as (

    select
        ranked_matches.utm_source,
        ranked_matches.utm_medium,
        ranked_matches.utm_campaign,
        ranked_matches.click_id,
        ranked_matches.referrer_host,
        ranked_matches.recorded_channel,
        ranked_matches.channel_id,
        coalesce(channels.is_direct, false) as is_direct,
        ranked_matches.valid_from,
        ranked_matches.valid_to

    from ranked_matches
    left join channels
        on ranked_matches.channel_id = channels.channel_id
    where ranked_matches.match_number = 1

)

select * from signal_channels
