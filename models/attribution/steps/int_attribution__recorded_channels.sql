-- One row per lead: the channel and campaign its CRM recorded; null where it recorded none.

with

leads as (

    select
        *,
        {{ channel_signal('channel') }} as recorded_channel

    from {{ ref('stg_files__leads') }}

),

signal_channels as (

    {{ recorded_word_channels() }}

),

campaign_matches as (

    select * from {{ ref('int_attribution__campaign_matches') }}

),

recorded_channels as (

    select
        leads.lead_id,
        signal_channels.channel_id,
        campaign_matches.campaign_id,
        coalesce(signal_channels.is_direct, false) as is_direct

    from leads
    -- An empty field is no answer, not a direct visit.
    left join signal_channels
        on leads.recorded_channel = signal_channels.recorded_channel
        and leads.recorded_channel != ''
        and {{ is_in_force('signal_channels', 'leads.created_date') }}
    left join campaign_matches
        on leads.campaign_id = campaign_matches.campaign_text
        and leads.recorded_channel = campaign_matches.source
        and campaign_matches.click_id = ''

)

select * from recorded_channels
