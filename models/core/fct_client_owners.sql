-- One row per client and owner period: who looked after the client, and what it paid meanwhile.

with

owner_periods as (

    select * from {{ ref('int_clients__owner_periods') }}

),

payments as (

    select * from {{ ref('int_clients__payments') }}

),

people as (

    select * from {{ ref('people') }}

),

dated_periods as (

    select
        *,
        {{ company_date('owned_from') }} as owned_from_date,
        {{ company_date('owned_to') }} as owned_to_date

    from owner_periods

),

period_sums as (

    select
        client_id,
        period_number,
        cast(count(*) as bigint) as payments,
        sum(collected_amount) as collected_amount,
        count(*) - count(collected_amount) as unknown_payments

    from payments
    group by client_id, period_number

),

client_owners as (

    select
        dated_periods.client_id,
        dated_periods.period_number,
        dated_periods.person_id,
        people.department_id,
        dated_periods.source,
        dated_periods.reason,
        dated_periods.owned_from,
        dated_periods.owned_to,
        dated_periods.owned_from_date,
        dated_periods.owned_to_date,
        dated_periods.owned_to is null as is_current,
        coalesce(period_sums.payments, 0) as payments,
        -- One payment without a rate makes the whole sum unknown.
        case
            when coalesce(period_sums.unknown_payments, 0) = 0
                then cast(coalesce(period_sums.collected_amount, 0) as decimal(28, 2))
        end as collected_amount,
        coalesce(period_sums.unknown_payments, 0) as unknown_payments,
        '{{ var("company_currency") }}' as currency_code

    from dated_periods
    left join period_sums
        on dated_periods.client_id = period_sums.client_id
        and dated_periods.period_number = period_sums.period_number
    left join people
        on dated_periods.person_id = people.person_id
        and {{ is_in_force('people', 'dated_periods.owned_from_date') }}

)

select * from client_owners
