-- One row per lead: the channel and campaign that turned the visitor into a lead.

with

-- The last visit that was not direct; direct only where the visitor never came another way.
ranked_visits as (

    select
        look_backs.lead_id,
        sessions.channel_id,
        sessions.campaign_id,
        row_number() over (
            partition by look_backs.lead_id
            order by
                case when sessions.is_direct then 1 else 0 end,
                sessions.started_at desc,
                sessions.session_id desc
        ) as visit_number

    from {{ ref('int_attribution__look_backs') }} as look_backs
    inner join {{ ref('int_attribution__session_channels') }} as sessions
        on look_backs.visitor_id = sessions.visitor_id
        -- Both ends count.
        and sessions.started_at between look_backs.lookback_from and look_backs.lookback_until
    where sessions.channel_id is not null

),

lead_channels as (

    select
        recorded_channels.lead_id,
        case
            when visits.lead_id is not null then visits.channel_id
            else recorded_channels.channel_id
        end as channel_id,
        case
            when visits.lead_id is not null then visits.campaign_id
            else recorded_channels.campaign_id
        end as campaign_id,
        case
            when visits.lead_id is not null then 'session'
            when recorded_channels.channel_id is not null then 'crm'
            when recorded_channels.campaign_id is not null then 'crm'
        end as source

    from {{ ref('int_attribution__recorded_channels') }} as recorded_channels
    left join ranked_visits as visits
        on recorded_channels.lead_id = visits.lead_id
        and visits.visit_number = 1
    where recorded_channels.is_origin

)

select * from lead_channels
