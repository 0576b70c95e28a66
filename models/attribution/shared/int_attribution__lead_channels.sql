-- One row per lead: the channel and campaign that turned the visitor into a lead.

with

recorded_channels as (

    select * from {{ ref('int_attribution__recorded_channels') }}

),

session_touches as (

    select * from {{ ref('int_attribution__session_touches') }}

),

-- The last visit that was not direct; direct only where the visitor never came another way.
ranked_touches as (

    select
        *,
        row_number() over (
            partition by lead_id
            order by
                case when is_direct then 1 else 0 end,
                touched_at desc,
                session_id desc
        ) as touch_number

    from session_touches
    where is_before_lead and channel_id is not null

),

converting_touches as (

    select * from ranked_touches
    where touch_number = 1

),

lead_channels as (

    select
        recorded_channels.lead_id,
        case
            when converting_touches.lead_id is not null then converting_touches.channel_id
            else recorded_channels.channel_id
        end as channel_id,
        case
            when converting_touches.lead_id is not null then converting_touches.campaign_id
            else recorded_channels.campaign_id
        end as campaign_id,
        converting_touches.session_id as touch_session_id,
        case
            when converting_touches.lead_id is not null then 'session'
            when recorded_channels.channel_id is not null then 'crm'
            when recorded_channels.campaign_id is not null then 'crm'
        end as source

    from recorded_channels
    left join converting_touches
        on recorded_channels.lead_id = converting_touches.lead_id

)

select * from lead_channels
