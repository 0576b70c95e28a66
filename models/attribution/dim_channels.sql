-- One row per channel: the published list, and any other that a lead, session or cost names.

with

published_channels as (

    select * from {{ ref('channels') }}

),

named_channels as (

    select channel_id from {{ ref('int_attribution__session_channels') }}

    union

    select channel_id from {{ ref('fct_lead_channels') }}

    union

    select channel_id from {{ ref('dim_campaigns') }}

),

all_channels as (

    select
        named_channels.channel_id,
        coalesce(published_channels.channel_label, named_channels.channel_id) as channel_label,
        coalesce(published_channels.is_paid, false) as is_paid,
        coalesce(published_channels.sort_order, 999) as sort_order

    from named_channels
    left join published_channels
        on named_channels.channel_id = published_channels.channel_id

)

select * from all_channels
where channel_id is not null
