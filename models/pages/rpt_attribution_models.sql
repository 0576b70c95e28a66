-- One row per attribution model and the days it is in force: how it divides a deal. What is in
-- force can be chosen by readers, the default first.

with

models as (

    select * from {{ ref('attribution_models') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

dated_models as (

    select
        models.*,
        replace(models.excluded_channels, '|', ', ') as excluded_list,
        case
            when models.first_share is null then 'linear'
            when models.first_share = 1 then 'first'
            when models.last_share = 1 then 'last'
            else 'position'
        end as rule_code,
        {{ is_in_force('models', 'as_of.as_of_date') }} as is_in_force

    from models
    cross join as_of

),

ruled_models as (

    select
        *,
        {{ message('definitions.credit_rule', {
            'rule': 'rule_code',
            'first': as_percent('first_share'),
            'last': as_percent('last_share'),
        }) }} as rule_message

    from dated_models

)

select
    model,
    model_label,
    rule_message,
    {{ message('attribution.description', {
        'model': 'model_label',
        'rule': as_message('rule_message'),
        'days': 'lookback_days',
        'excluded': 'excluded_list',
    }) }} as description_message,
    lookback_days,
    {{ message('attribution.excluded', {'channels': 'excluded_list'}) }} as excluded_message,
    is_default,
    case when is_default then {{ message('attribution.default') }} end as use_message,
    cast(
        row_number() over (
            order by is_in_force desc, is_default desc, model_label, model
        ) as integer
    ) as sort_order,
    -- Shares of deals have decimals, whole deals need none.
    case when rule_code in ('first', 'last') then 'num0' else 'num1' end as deals_format,
    valid_from,
    is_in_force

from ruled_models
