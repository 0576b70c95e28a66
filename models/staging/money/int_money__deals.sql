-- One row per deal: its amount in the company's currency at the rate of the closing day (of the
-- creation day while it is open); null where there is no amount or no rate for that day.

with

deals as (

    select
        *,
        coalesce(closed_date, created_date, cast('1900-01-01' as date)) as rate_date

    from {{ ref('stg_files__deals') }}

),

rates as (

    select * from {{ ref('int_money__rates') }}

),

converted_deals as (

    select
        deals.deal_id,
        cast({{ product('deals.amount', 2, 'rates.rate', 10) }} as decimal(28, 2)) as booked_amount,
        case
            when deals.amount is null then 'no_amount'
            when rates.rate is null then 'no_exchange_rate'
        end as unknown_amount_code

    from deals
    left join rates
        on deals.currency_code = rates.currency_code
        and deals.rate_date >= rates.valid_from
        and deals.rate_date < rates.valid_to

)

select * from converted_deals
