-- One row per line of a signed statement (month, payee, currency), as the ledger has it.

select
    period_start,
    payee_id,
    currency_code,
    line_number,
    line_type,
    line_key,
    label,
    explanation,
    kpi,
    scope_type,
    scope_id,
    value,
    target,
    attainment,
    factor,
    amount,
    corrects_period_start,
    cause,
    component_id

from {{ source('jointly', 'signed_lines') }}
