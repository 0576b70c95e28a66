-- Leads and deals of every day are credited by some default model.

with

rule_days as (

    select created_date as rule_date from {{ ref('stg_files__leads') }}

    union

    select rule_date from {{ ref('int_attribution__conversions') }}

)

select rule_days.rule_date
from rule_days
left join {{ ref('attribution_models') }} as attribution_models
    on attribution_models.is_default
    and {{ is_in_force('attribution_models', 'rule_days.rule_date') }}
where attribution_models.model is null
