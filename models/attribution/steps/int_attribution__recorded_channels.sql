-- One row per lead: the channel and campaign its CRM recorded; null where it recorded none.

with

leads as (

    select
        *,
        {{ channel_signal('channel') }} as recorded_channel

    from {{ ref('stg_files__leads') }}

),

signal_channels as (

    select * from {{ ref('int_attribution__signal_channels') }}
    where utm_source = '' and utm_medium = '' and click_id = '' and referrer_host = ''

),

recorded_channels as (

    select
        leads.lead_id,
        signal_channels.channel_id,
        leads.campaign_id,
        coalesce(signal_channels.is_direct, false) as is_direct

    from leads
    -- An empty field is no answer, not a direct visit.
    left join signal_channels
        on leads.recorded_channel = signal_channels.recorded_channel
        and leads.recorded_channel != ''
        and {{ is_in_force('signal_channels', 'leads.created_date') }}

)

select * from recorded_channels
