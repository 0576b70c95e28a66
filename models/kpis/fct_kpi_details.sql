-- One row per KPI, attribution model, detail scope and period: the company and its channels under
-- every attribution model, and scopes crossed with each other. Nobody is paid on it.

with

kpi_values as (

    select * from {{ ref('int_kpi__compared_values') }}
    where attribution_model != 'default' or scope_type in ({{ scopes_with('is_detail') }})

)

select
    kpi,
    attribution_model,
    scope_type,
    scope_id,
    {% for column in detail_columns() %}
    {{ column }},
    {% endfor %}
    period_type,
    period_start,
    period_end,
    numerator,
    denominator,
    value,
    reference_target,
    reference_attainment,
    status,
    reason_code,
    reason_message,
    is_final

from kpi_values
