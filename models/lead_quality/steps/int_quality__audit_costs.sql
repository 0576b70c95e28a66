-- One row per audit: what the analyst's time cost, in the company's currency.

with

audits as (

    select * from {{ ref('int_quality__audits') }}

),

employment_costs as (

    select * from {{ ref('employment_costs') }}

),

rates as (

    select * from {{ ref('int_money__rates') }}

),

business_days as (

    select * from {{ ref('dim_business_days') }}

),

month_hours as (

    select
        cast({{ dbt.date_trunc('month', 'date_day') }} as date) as month_start,
        sum(business_seconds) as business_seconds

    from business_days
    group by cast({{ dbt.date_trunc('month', 'date_day') }} as date)

),

priced_audits as (

    select
        audits.audit_id,
        audits.minutes_spent,
        employment_costs.monthly_cost_amount,
        rates.rate,
        -- The whole month's cost over the whole month's business time, its holidays taken out.
        {{ product(
            product('audits.minutes_spent', 2, '60', 0), 2,
            product('employment_costs.monthly_cost_amount', 2, 'rates.rate', 10), 2
        ) }} as cost_seconds,
        month_hours.business_seconds

    from audits
    left join employment_costs
        on audits.analyst_person_id = employment_costs.person_id
        and {{ is_in_force('employment_costs', 'audits.audited_date') }}
    left join rates
        on employment_costs.currency_code = rates.currency_code
        and audits.audited_date >= rates.valid_from
        and audits.audited_date < rates.valid_to
    left join month_hours
        on month_hours.month_start
        = cast({{ dbt.date_trunc('month', 'audits.audited_date') }} as date)

),

audit_costs as (

    select
        audit_id,
        {{ round_to_cents('cost_seconds', 'nullif(business_seconds, 0)') }} as cost_amount,
        case
            when minutes_spent is null then 'no_minutes'
            when monthly_cost_amount is null then 'no_cost'
            when rate is null then 'no_exchange_rate'
            when coalesce(business_seconds, 0) = 0 then 'no_business_hours'
        end as unknown_cost_code

    from priced_audits

)

select * from audit_costs
