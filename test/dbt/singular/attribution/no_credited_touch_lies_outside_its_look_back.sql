-- A credited touch lies within its model's look-back, and never after the conversion.

select
    credit.deal_id,
    credit.model,
    credit.touch_id,
    touches.touched_at,
    conversions.converted_at

from {{ ref('fct_attribution_credit') }} as credit
inner join {{ ref('fct_touches') }} as touches
    on credit.touch_id = touches.touch_id
inner join {{ ref('int_attribution__conversions') }} as conversions
    on credit.deal_id = conversions.deal_id
inner join {{ ref('attribution_models') }} as attribution_models
    on credit.model = attribution_models.model
    and {{ is_in_force('attribution_models', 'conversions.rule_date') }}
where
    touches.touched_at > conversions.converted_at
    or touches.touched_at < {{ dbt.dateadd(
        'day', '-attribution_models.lookback_days', 'conversions.converted_at'
    ) }}
