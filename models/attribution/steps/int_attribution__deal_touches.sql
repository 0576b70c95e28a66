-- One row per deal and touch within the widest look-back of any model, in order.

with

conversions as (

    select * from {{ ref('int_attribution__conversions') }}

),

lead_touches as (

    select * from {{ ref('int_attribution__lead_touches') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}

),

widest_lookbacks as (

    select
        conversions.deal_id,
        max(attribution_models.lookback_days) as lookback_days

    from conversions
    inner join attribution_models
        on {{ is_in_force('attribution_models', 'conversions.rule_date') }}
    group by conversions.deal_id

),

-- Both ends count; a touch after the conversion never does.
touches_in_window as (

    select
        conversions.deal_id,
        conversions.lead_id,
        conversions.converted_at,
        lead_touches.touch_id,
        lead_touches.session_id,
        lead_touches.touched_at,
        lead_touches.channel_id,
        lead_touches.campaign_id,
        lead_touches.is_direct

    from conversions
    inner join widest_lookbacks
        on conversions.deal_id = widest_lookbacks.deal_id
    inner join lead_touches
        on conversions.lead_id = lead_touches.lead_id
        and lead_touches.touched_at <= conversions.converted_at
        and lead_touches.touched_at >= {{ dbt.dateadd(
            'day', '-widest_lookbacks.lookback_days', 'conversions.converted_at'
        ) }}

),

deal_touches as (

    select
        *,
        row_number() over (partition by deal_id order by touched_at, touch_id) as touch_number,
        count(*) over (partition by deal_id) as touch_count

    from touches_in_window

)

select * from deal_touches
