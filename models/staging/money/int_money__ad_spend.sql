-- One row per platform, account, campaign and day: ad cost in the company's currency at the rate of
-- the day it was spent; null where that day has no rate.

with

ad_spend as (

    select * from {{ ref('stg_files__ad_spend') }}

),

rates as (

    select * from {{ ref('int_money__rates') }}

),

converted_spend as (

    select
        ad_spend.*,
        cast({{ product('ad_spend.spend_amount', 6, 'rates.rate', 10) }} as decimal(28, 6))
            as company_spend_amount

    from ad_spend
    left join rates
        on ad_spend.currency_code = rates.currency_code
        and ad_spend.spend_date >= rates.valid_from
        and ad_spend.spend_date < rates.valid_to

)

select * from converted_spend
