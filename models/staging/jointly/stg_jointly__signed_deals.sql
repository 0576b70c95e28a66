-- One row per line of a signed statement and deal behind it, as the ledger has them.

select
    period_start,
    payee_id,
    currency_code,
    line_number,
    deal_order,
    kind,
    deal_id,
    deal_count,
    client as client_name,
    lead_id,
    counted_on,
    counted_amount,
    rate,
    amount

from {{ source('jointly', 'signed_deals') }}
