-- Where a value or an attainment is missing there is a reason, and a missing source is never a
-- zero.

select kpi, scope_type, scope_id, period_type, period_start
from {{ ref('fct_kpi_values') }}
where
    (value is null and (reason_message is null or status != 'not_available'))
    or (target is not null and attainment is null and reason_message is null)
