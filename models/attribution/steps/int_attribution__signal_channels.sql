-- One row per combination of signals and period between two changes of the rules: its channel.

with

session_signals as (

    select * from {{ ref('int_attribution__session_signals') }}

),

recorded_signals as (

    select * from {{ ref('int_attribution__recorded_signals') }}

),

channel_rules as (

    select * from {{ ref('channel_rules') }}

),

rule_changes as (

    select valid_from as changed_on from channel_rules

    union

    select valid_to as changed_on from channel_rules
    where valid_to is not null

),

rule_periods as (

    select
        changed_on as valid_from,
        lead(changed_on) over (order by changed_on) as valid_to

    from rule_changes

),

-- Matching each combination once, not each session, keeps many sessions cheap.
seen_signals as (

    select utm_source, utm_medium, utm_campaign, click_id, referrer_host, recorded_channel
    from session_signals

    union

    select utm_source, utm_medium, utm_campaign, click_id, referrer_host, recorded_channel
    from recorded_signals

    union

    select '', '', '', '', '', {{ channel_signal('channel') }}
    from {{ ref('stg_files__visit_counts') }}

),

seen_sources as (

    select utm_source as source from session_signals

    union

    select referrer_host as source from session_signals

    union

    select utm_source as source from recorded_signals

    union

    select referrer_host as source from recorded_signals

),

-- gemini.google.com is an assistant although %.google.% is a search engine: the longest fit wins.
ranked_categories as (

    select
        seen_sources.source,
        categories.category,
        row_number() over (
            partition by seen_sources.source
            order by length(categories.source) desc, categories.source
        ) as fit_number

    from seen_sources
    inner join {{ ref('source_categories') }} as categories
        on seen_sources.source like {{ channel_signal('categories.source') }}

),

categorised_signals as (

    select
        seen_signals.*,
        coalesce(tagged_sources.category, '') as utm_source_category,
        coalesce(referrers.category, '') as referrer_category

    from seen_signals
    left join ranked_categories as tagged_sources
        on seen_signals.utm_source = tagged_sources.source
        and tagged_sources.fit_number = 1
    left join ranked_categories as referrers
        on seen_signals.referrer_host = referrers.source
        and referrers.fit_number = 1

),

-- The first rule that fits wins.
ranked_matches as (

    select
        seen.*,
        -- A channel nobody listed is kept under the name it was recorded with.
        case
            when rules.channel_id = 'unattributed' then null
            when rules.channel_id = 'as_recorded' then seen.recorded_channel
            else rules.channel_id
        end as channel_id,
        rule_periods.valid_from,
        rule_periods.valid_to,
        row_number() over (
            partition by
                seen.utm_source, seen.utm_medium, seen.utm_campaign, seen.click_id,
                seen.referrer_host, seen.recorded_channel, rule_periods.valid_from
            order by rules.priority, rules.rule_id
        ) as match_number

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
    inner join rule_periods
        on {{ is_in_force('rules', 'rule_periods.valid_from') }}

)

select
    matches.utm_source,
    matches.utm_medium,
    matches.utm_campaign,
    matches.click_id,
    matches.referrer_host,
    matches.recorded_channel,
    matches.channel_id,
    coalesce(channels.is_direct, false) as is_direct,
    matches.valid_from,
    matches.valid_to

from ranked_matches as matches
left join {{ ref('channels') }} as channels
    on matches.channel_id = channels.channel_id
where matches.match_number = 1
