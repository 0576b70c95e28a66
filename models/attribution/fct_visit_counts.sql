-- One row per site, day and word of the web analytics for a channel: the visits it counted, with
-- the channel that the word means.

with

visit_counts as (

    select
        *,
        {{ channel_signal('channel') }} as recorded_channel

    from {{ ref('stg_files__visit_counts') }}
    where {{ has_come('visit_date') }}

),

signal_channels as (

    {{ recorded_word_channels() }}

),

classified_counts as (

    select
        visit_counts.site,
        visit_counts.visit_date,
        visit_counts.recorded_channel,
        signal_channels.channel_id,
        cast(sum(visit_counts.visits) as bigint) as visits,
        cast(sum(visit_counts.page_views) as bigint) as page_views

    from visit_counts
    left join signal_channels
        on visit_counts.recorded_channel = signal_channels.recorded_channel
        and visit_counts.recorded_channel != ''
        and {{ is_in_force('signal_channels', 'visit_counts.visit_date') }}
    group by
        visit_counts.site,
        visit_counts.visit_date,
        visit_counts.recorded_channel,
        signal_channels.channel_id

)

select * from classified_counts
