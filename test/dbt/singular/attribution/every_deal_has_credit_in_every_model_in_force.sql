-- No deal drops out of attribution: each has credit in each model of its conversion day.

select
    conversions.deal_id,
    attribution_models.model

from {{ ref('int_attribution__conversions') }} as conversions
inner join {{ ref('attribution_models') }} as attribution_models
    on {{ is_in_force('attribution_models', 'conversions.rule_date') }}
left join {{ ref('fct_attribution_credit') }} as credit
    on conversions.deal_id = credit.deal_id
    and attribution_models.model = credit.model
where credit.deal_id is null
