-- One row per won deal and ad platform: the last click on an ad of it before the deal was signed.

with

-- A form hands the click to the CRM, too. The visit knows better when it was.
lead_clicks as (

    select
        touches.lead_id,
        touches.touch_id,
        sessions.started_at as clicked_at,
        sessions.click_id,
        sessions.utm_source

    from {{ ref('fct_touches') }} as touches
    inner join {{ ref('stg_files__sessions') }} as sessions
        on touches.session_id = sessions.session_id
    where sessions.click_id is not null

    union all

    select lead_id, touch_id, touched_at as clicked_at, click_id, utm_source
    from {{ ref('stg_files__lead_touches') }}
    where click_id is not null

),

first_clicks as (

    select
        *,
        row_number() over (
            partition by lead_id, click_id order by clicked_at, touch_id
        ) as sighting_number

    from lead_clicks

),

clicks as (

    select
        deals.deal_id,
        first_clicks.touch_id,
        first_clicks.clicked_at,
        first_clicks.click_id,
        {{ channel_signal('first_clicks.utm_source') }} as utm_source,
        {{ click_signal('first_clicks.click_id') }} as click_signal

    from {{ ref('dim_deals') }} as deals
    inner join first_clicks
        on
            deals.lead_id = first_clicks.lead_id
            and first_clicks.clicked_at <= deals.closed_at
    where deals.status = 'won' and first_clicks.sighting_number = 1

),

told_platforms as (

    select
        signals.utm_source,
        signals.click_signal,
        rules.platform,
        max(case when rules.click_id is not null then 1 else 0 end) as is_named_by_click

    from (select distinct utm_source, click_signal from clicks) as signals
    inner join {{ ref('platform_clicks') }} as rules
        on {{ fits_rule('signals.utm_source', 'rules.utm_source') }}
        and {{ fits_rule('signals.click_signal', 'rules.click_id', click_signal) }}
    group by signals.utm_source, signals.click_signal, rules.platform

),

-- The tag of a link says whose click it was only where the click itself does not.
named_platforms as (

    select
        *,
        max(is_named_by_click) over (partition by utm_source, click_signal)
            as is_any_named_by_click

    from told_platforms

),

ranked_clicks as (

    select
        clicks.deal_id,
        platforms.platform,
        clicks.click_id,
        clicks.clicked_at,
        row_number() over (
            partition by clicks.deal_id, platforms.platform
            order by clicks.clicked_at desc, clicks.touch_id desc
        ) as click_rank

    from clicks
    inner join named_platforms as platforms
        on clicks.utm_source = platforms.utm_source
        and clicks.click_signal = platforms.click_signal
    where platforms.is_named_by_click = platforms.is_any_named_by_click

),

deal_clicks as (

    select deal_id, platform, click_id, clicked_at from ranked_clicks
    where click_rank = 1

)

select * from deal_clicks
