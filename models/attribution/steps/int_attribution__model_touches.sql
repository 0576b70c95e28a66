-- One row per deal, model and touch the model looks at; without a touch where the deal has none.

with

conversions as (

    select * from {{ ref('int_attribution__conversions') }}

),

attribution_models as (

    select * from {{ ref('attribution_models') }}

),

deal_touches as (

    select * from {{ ref('int_attribution__deal_touches') }}

),

visible_touches as (

    select
        conversions.deal_id,
        conversions.lead_id,
        attribution_models.model,
        cast(attribution_models.first_share as decimal(7, 6)) as first_share,
        cast(attribution_models.last_share as decimal(7, 6)) as last_share,
        deal_touches.touch_id,
        deal_touches.touch_number,
        deal_touches.session_id,
        deal_touches.channel_id,
        deal_touches.campaign_id,
        -- A touch of unknown channel cannot outweigh a known one where a model leaves channels out.
        case
            when attribution_models.excluded_channels is null then 0
            when deal_touches.channel_id is null then 1
            when {{ dbt.position(
                "'|' || deal_touches.channel_id || '|'",
                "'|' || attribution_models.excluded_channels || '|'"
            ) }} > 0 then 1
            else 0
        end as is_left_out

    from conversions
    inner join attribution_models
        on {{ is_in_force('attribution_models', 'conversions.rule_date') }}
    left join deal_touches
        on conversions.deal_id = deal_touches.deal_id
        and deal_touches.touched_at >= {{ dbt.dateadd(
            'day', '-attribution_models.lookback_days', 'conversions.converted_at'
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
