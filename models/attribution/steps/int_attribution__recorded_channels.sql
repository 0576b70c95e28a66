-- One row per touch that the CRM recorded, and per lead for what stands in the lead itself: the
-- channel and campaign it means; null where it means none.

with

recorded_signals as (

    select
        signals.*,
        signals.touched_at <= {{ latest_meant('leads.created_at') }} as is_before_lead

    from {{ ref('int_attribution__recorded_signals') }} as signals
    inner join {{ ref('stg_files__leads') }} as leads
        on signals.lead_id = leads.lead_id

),

signal_channels as (

    select * from {{ ref('int_attribution__signal_channels') }}

),

campaign_matches as (

    select * from {{ ref('int_attribution__campaign_matches') }}

),

named_channels as (

    select
        signals.*,
        signal_channels.channel_id,
        campaign_matches.campaign_id,
        coalesce(signal_channels.is_direct, false) as is_direct,
        not signals.is_of_lead and signal_channels.channel_id is not null as is_known_touch

    from recorded_signals as signals
    -- An empty field is no answer, not a direct visit.
    left join signal_channels
        on signals.names_channel
        and signals.utm_source = signal_channels.utm_source
        and signals.utm_medium = signal_channels.utm_medium
        and signals.utm_campaign = signal_channels.utm_campaign
        and signals.click_id = signal_channels.click_id
        and signals.referrer_host = signal_channels.referrer_host
        and signals.recorded_channel = signal_channels.recorded_channel
        and {{ is_in_force('signal_channels', 'signals.touched_date') }}
    left join campaign_matches
        on signals.campaign_text = campaign_matches.campaign_text
        and signals.source = campaign_matches.source
        and signals.click_id = campaign_matches.click_id

),

-- A touch says more than the word in the lead, unless it came later than the lead.
ranked_channels as (

    select
        *,
        max(case when is_known_touch and is_before_lead then 1 else 0 end)
            over (partition by lead_id) = 1 as has_touch_before_lead,
        row_number() over (
            partition by lead_id
            order by
                case
                    when is_known_touch and is_before_lead then 1
                    when is_of_lead then 2
                    else 3
                end,
                case when is_direct then 1 else 0 end,
                touched_at desc,
                touch_id desc
        ) as origin_number

    from named_channels

)

select
    touch_id,
    lead_id,
    touched_at,
    landing_page,
    channel_id,
    campaign_id,
    is_direct,
    origin_number = 1 as is_origin,
    is_known_touch or (is_of_lead and channel_id is not null and not has_touch_before_lead)
        as is_touch

from ranked_channels
