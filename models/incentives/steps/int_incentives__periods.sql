-- One row per month and quarter that is paid for: from its first published number on; a running one
-- is provisional.

select distinct
    period_type,
    period_start,
    period_end

from {{ ref('fct_kpi_values') }}
where period_type in ('month', 'quarter') and value is not null
