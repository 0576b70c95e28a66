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

source_categories as (

    select * from {{ ref('int_attribution__source_categories') }}

),

-- Matching each combination once, not each session, keeps many sessions cheap.
seen_signals as (

    select utm_source, utm_medium, utm_campaign, click_id, referrer_host, recorded_channel
    from session_signals

    union

    select
        '' as utm_source,
        '' as utm_medium,
        '' as utm_campaign,
        '' as click_id,
        '' as referrer_host,
        {{ channel_signal('channel') }} as recorded_channel

    from leads

),

categorised_signals as (

    select
        seen_signals.*,
        coalesce(tagged_sources.category, '') as utm_source_category,
        coalesce(referrers.category, '') as referrer_category

    from seen_signals
    left join source_categories as tagged_sources
        on seen_signals.utm_source = tagged_sources.source
    left join source_categories as referrers
        on seen_signals.referrer_host = referrers.source

),

matched_signals as (

    select
        seen.*,
        rules.rule_id,
        rules.priority,
        -- A channel nobody listed is kept under the name it was recorded with.
        case
            when rules.channel_id = 'unattributed' then null
            when rules.channel_id = 'as_recorded' then seen.recorded_channel
            else rules.channel_id
        end as channel_id,
        rules.valid_from,
        rules.valid_to

    from categorised_signals as seen
    inner join channel_rules as rules
        on {{ source_fits_rule('seen.utm_source', 'seen.utm_source_category', 'rules.utm_source') }}
        and {{ fits_rule('seen.utm_medium', 'rules.utm_medium') }}
        and {{ fits_rule('seen.utm_campaign', 'rules.utm_campaign') }}
        and {{ fits_rule('seen.click_id', 'rules.click_id', click_signal) }}
        and {{ source_fits_rule(
            'seen.referrer_host', 'seen.referrer_category', 'rules.referrer_host', host_of
        ) }}
        and {{ fits_rule('seen.recorded_channel', 'rules.recorded_channel') }}

)

select * from matched_signals
