-- One row per combination of signals and channel rule that fits it.

with

session_signals as (

    select * from {{ ref('int_attribution__session_signals') }}

),

leads as (

    select * from {{ ref('stg_files__leads') }}

),

channel_rules as (

    select * from {{ ref('channel_rules') }}

),

-- Matching each combination once, not each session, keeps many sessions cheap.
seen_signals as (

    select utm_source, utm_medium, click_id, referrer_host, recorded_channel
    from session_signals

    union

    select
        '' as utm_source,
        '' as utm_medium,
        '' as click_id,
        '' as referrer_host,
        {{ channel_signal('channel') }} as recorded_channel

    from leads

),

matched_signals as (

    select
        seen_signals.*,
        channel_rules.rule_id,
        channel_rules.priority,
        -- A channel nobody listed is kept under the name it was recorded with.
        case
            when channel_rules.channel_id = 'unattributed' then null
            when channel_rules.channel_id = 'as_recorded' then seen_signals.recorded_channel
            else channel_rules.channel_id
        end as channel_id,
        channel_rules.valid_from,
        channel_rules.valid_to

    from seen_signals
    inner join channel_rules
        on seen_signals.utm_source like coalesce(channel_rules.utm_source, '%')
        and seen_signals.utm_medium like coalesce(channel_rules.utm_medium, '%')
        and seen_signals.click_id like coalesce(channel_rules.click_id, '%')
        and seen_signals.referrer_host like coalesce(channel_rules.referrer_host, '%')
        and seen_signals.recorded_channel like coalesce(channel_rules.recorded_channel, '%')

)

select * from matched_signals
