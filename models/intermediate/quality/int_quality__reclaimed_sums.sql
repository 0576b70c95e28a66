-- One row per audit: what it brought back so far.

with

audits as (

    select * from {{ ref('int_quality__audits') }}

),

reclaimed_payments as (

    select * from {{ ref('int_quality__reclaimed_payments') }}

),

counted_payments as (

    select
        audits.audit_id,
        coalesce(sum(reclaimed_payments.collected_amount), 0) as known_amount,
        count(reclaimed_payments.payment_id) - count(reclaimed_payments.collected_amount)
            as unknown_payments

    from audits
    left join reclaimed_payments
        on audits.audit_id = reclaimed_payments.audit_id
    group by audits.audit_id

),

reclaimed_sums as (

    select
        audit_id,
        -- One payment without a rate makes the whole sum unknown.
        case when unknown_payments = 0 then cast(known_amount as decimal(28, 2)) end
            as reclaimed_amount,
        case
            when unknown_payments > 0
                then cast(unknown_payments as varchar) || ' payments have no exchange rate'
        end as unknown_reclaimed_reason

    from counted_payments

)

select * from reclaimed_sums
