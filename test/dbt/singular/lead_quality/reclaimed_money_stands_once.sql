-- What audits reclaimed is the same money by payment, by audit and by rejection. A row is a place
-- whose sum differs.

with

places as (

    select 'payments' as place, sum(collected_amount) as reclaimed_amount
    from {{ ref('fct_reclaimed_payments') }}

    union all

    select 'audits' as place, sum(reclaimed_amount) as reclaimed_amount
    from {{ ref('fct_lead_audits') }}
    where unknown_payments = 0

    union all

    select 'rejections' as place, sum(reclaimed_amount) as reclaimed_amount
    from {{ ref('fct_audit_queue') }}
    where reclaimed_amount is not null

),

sums as (

    select place, coalesce(reclaimed_amount, 0) as reclaimed_amount
    from places

),

unknown_payments as (

    select count(*) as payments
    from {{ ref('fct_reclaimed_payments') }}
    where collected_amount is null

)

select sums.place, sums.reclaimed_amount
from sums
cross join unknown_payments
where
    unknown_payments.payments = 0
    and sums.reclaimed_amount != (select max(reclaimed_amount) from sums)
