-- One row per touch that the CRM recorded, and per lead for the origin that stands in the lead
-- itself: what each tells, as channel rules compare it.

with

lead_touches as (

    select
        *,
        {{ host_of('referrer') }} as referrer_host,
        {{ host_of('landing_page') }} as landing_host

    from {{ ref('stg_files__lead_touches') }}

),

read_signals as (

    select
        lead_id || ':crm:' || touch_id as touch_id,
        lead_id,
        touched_at,
        touched_date,
        landing_page,
        {{ channel_signals() }},
        false as is_of_lead

    from lead_touches

    union all

    select
        lead_id || ':crm' as touch_id,
        lead_id,
        created_at as touched_at,
        created_date as touched_date,
        landing_page,
        '' as utm_source,
        '' as utm_medium,
        '' as utm_campaign,
        '' as click_id,
        '' as referrer_host,
        {{ channel_signal('channel') }} as recorded_channel,
        campaign_id as campaign_text,
        true as is_of_lead

    from {{ ref('stg_files__leads') }}

)

select
    *,
    -- By what campaigns of one name are told apart.
    case when utm_source = '' then recorded_channel else utm_source end as source,
    utm_source || utm_medium || utm_campaign || click_id || referrer_host || recorded_channel != ''
        as names_channel

from read_signals
