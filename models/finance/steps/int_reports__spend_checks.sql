-- One row per ad platform and currency: the cost that was loaded, and the cost the pages stand on.

with

loaded as (

    select
        platform,
        currency_code,
        sum(spend_amount) as loaded_amount

    from {{ ref('stg_files__ad_spend') }}
    group by platform, currency_code

),

reported as (

    select
        platform,
        delivered_currency_code as currency_code,
        sum(delivered_spend_amount) as reported_amount

    from {{ ref('fct_ad_spend_daily') }}
    group by platform, delivered_currency_code

),

-- The KPI is in the company's currency: it is held against the facts, all platforms together.
kpi_total as (

    select sum(value) as reported_amount from {{ ref('measure_spend') }}

),

fact_total as (

    select sum(spend_amount) as loaded_amount from {{ ref('fct_ad_spend_daily') }}

),

spend_checks as (

    select
        coalesce(loaded.platform, reported.platform) as platform,
        coalesce(loaded.currency_code, reported.currency_code) as currency_code,
        loaded.loaded_amount,
        reported.reported_amount

    from loaded
    full outer join reported
        on loaded.platform = reported.platform
        and loaded.currency_code = reported.currency_code

    union all

    select
        'all platforms, as the KPI shows it' as platform,
        '{{ var("company_currency") }}' as currency_code,
        fact_total.loaded_amount,
        kpi_total.reported_amount

    from fact_total
    cross join kpi_total
    where fact_total.loaded_amount is not null

)

select * from spend_checks
