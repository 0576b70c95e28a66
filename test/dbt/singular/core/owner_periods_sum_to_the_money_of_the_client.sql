-- Every payment of a client falls into exactly one owner period. A row is a client that has owners
-- and whose periods do not hold all its payments.

with

client_payments as (

    select client_id, count(*) as payments
    from {{ ref('int_clients__payments') }}
    group by client_id

),

owner_sums as (

    select client_id, sum(payments) as payments
    from {{ ref('fct_client_owners') }}
    group by client_id

)

select owner_sums.client_id, owner_sums.payments, client_payments.payments as client_payments
from owner_sums
left join client_payments
    on owner_sums.client_id = client_payments.client_id
where owner_sums.payments != coalesce(client_payments.payments, 0)
