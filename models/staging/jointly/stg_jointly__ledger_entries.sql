-- One row per entry of the ledger, and of a signature per currency: what was done to a month.

select
    entry,
    period_start,
    action,
    done_by,
    done_on,
    paid_on,
    reason,
    waived_checks,
    currency_code,
    payable_amount

from {{ source('jointly', 'ledger_entries') }}
