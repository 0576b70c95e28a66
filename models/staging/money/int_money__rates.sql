-- One row per currency and the days a rate into the company's currency is in force.

with

exchange_rates as (

    select * from {{ ref('exchange_rates') }}

),

rates_in_force as (

    select
        currency_code,
        rate,
        valid_from,
        coalesce(valid_to, cast('9999-12-31' as date)) as valid_to

    from exchange_rates
    where to_currency_code = '{{ var("company_currency") }}'

),

-- The company's own currency needs no rate; every other currency without one stays unknown.
own_currency as (

    select
        '{{ var("company_currency") }}' as currency_code,
        cast(1 as decimal(28, 10)) as rate,
        cast('1900-01-01' as date) as valid_from,
        cast('9999-12-31' as date) as valid_to

),

all_rates as (

    select * from rates_in_force
    where currency_code != '{{ var("company_currency") }}'

    union all

    select * from own_currency

)

select * from all_rates
