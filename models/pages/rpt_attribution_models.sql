-- One row per attribution model and the days it is in force: how it divides a deal, in words.

with

models as (

    select * from {{ ref('attribution_models') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

described_models as (

    select
        models.model,
        models.model_label,
        case
            when models.first_share is null then 'every touch gets the same part'
            when models.first_share = 1 then 'the first touch gets all'
            when models.last_share = 1 then 'the last touch gets all'
            else
                'the first touch gets ' || {{ percent_text('models.first_share') }}
                || ', the last ' || {{ percent_text('models.last_share') }}
                || ', those between share the rest'
        end as rule,
        models.lookback_days,
        coalesce(models.excluded_channels, 'none') as excluded_channels,
        models.is_default,
        models.valid_from,
        models.valid_to,
        {{ is_in_force('models', 'as_of.as_of_date') }} as is_in_force

    from models
    cross join as_of

)

select * from described_models
