-- One row per attribution model a reader can choose, the default first.

with

attribution_models as (

    select * from {{ ref('rpt_attribution_models') }}
    where is_in_force

)

select
    model,
    model_label,
    is_default,
    cast(row_number() over (order by is_default desc, model_label, model) as integer) as sort_order,
    model_label || ': ' || rule || '; touches count up to ' || cast(lookback_days as varchar)
    || ' days before the deal'
    || case
        when excluded_channels = 'none' then ''
        else
            '; ' || replace(excluded_channels, '|', ', ')
            || ' counts only where there is nothing else'
    end
    || '.' as description,
    -- Parts of deals have decimals, whole deals need none.
    case when rule like '%gets all' then 'num0' else 'num1' end as deals_format

from attribution_models
