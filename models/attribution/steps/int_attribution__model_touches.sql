-- One row per deal, model and touch the model looks at; without a touch where the deal has none.

with

-- The settings of the day on which the deal came about, with the widest look-back among them.
deal_models as (

    select
        conversions.deal_id,
        conversions.lead_id,
        conversions.converted_at,
        models.model,
        models.is_default,
        models.lookback_days,
        cast(models.first_share as decimal(7, 6)) as first_share,
        cast(models.last_share as decimal(7, 6)) as last_share,
        models.excluded_channels,
        max(models.lookback_days) over (partition by conversions.deal_id) as widest_lookback_days

    from {{ ref('int_attribution__conversions') }} as conversions
    inner join {{ ref('attribution_models') }} as models
        on {{ is_in_force('models', 'conversions.rule_date') }}

),

tracked_deals as (

    select distinct deal_id, lead_id, converted_at, widest_lookback_days from deal_models

),

-- Both ends count; a touch after the conversion never does.
deal_touches as (

    select
        deals.deal_id,
        touches.touch_id,
        touches.session_id,
        touches.touched_at,
        touches.channel_id,
        touches.campaign_id,
        row_number() over (
            partition by deals.deal_id order by touches.touched_at, touches.touch_id
        ) as touch_number

    from tracked_deals as deals
    inner join {{ ref('int_attribution__lead_touches') }} as touches
        on deals.lead_id = touches.lead_id
        and touches.touched_at <= deals.converted_at
        and touches.touched_at >= {{ dbt.dateadd(
            'day', '-deals.widest_lookback_days', 'deals.converted_at'
        ) }}

),

visible_touches as (

    select
        deal_models.deal_id,
        deal_models.lead_id,
        deal_models.model,
        deal_models.is_default,
        deal_models.first_share,
        deal_models.last_share,
        deal_touches.touch_id,
        deal_touches.touch_number,
        deal_touches.session_id,
        deal_touches.channel_id,
        deal_touches.campaign_id,
        -- A touch of unknown channel cannot outweigh a known one where a model leaves channels out.
        case
            when deal_models.excluded_channels is null then 0
            when deal_touches.channel_id is null then 1
            when {{ dbt.position(
                "'|' || deal_touches.channel_id || '|'",
                "'|' || deal_models.excluded_channels || '|'"
            ) }} > 0 then 1
            else 0
        end as is_left_out

    from deal_models
    left join deal_touches
        on deal_models.deal_id = deal_touches.deal_id
        and deal_touches.touched_at >= {{ dbt.dateadd(
            'day', '-deal_models.lookback_days', 'deal_models.converted_at'
        ) }}

),

-- What a model leaves out still counts where the deal has nothing else.
flagged_touches as (

    select
        *,
        min(is_left_out) over (partition by deal_id, model) as fewest_left_out

    from visible_touches

),

model_touches as (

    select
        *,
        row_number() over (partition by deal_id, model order by touch_number) as model_touch_number,
        count(*) over (partition by deal_id, model) as model_touch_count

    from flagged_touches
    where is_left_out = fewest_left_out

)

select * from model_touches
