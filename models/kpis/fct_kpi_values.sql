-- One row per KPI, scope and period: what both departments read, and all that anyone is paid on.

with

kpi_values as (

    select * from {{ ref('int_kpi__values') }}
    where attribution_model = 'default' and scope_id is not null

),

-- KPIs made of KPIs come after those they are made of.
flagged_periods as (

    select * from {{ ref('int_kpi__flagged_periods') }}

),

all_values as (

    {% for layer in ['kpi_values', 'flagged_periods'] %}
    select
        kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        numerator,
        denominator,
        value,
        target,
        attainment,
        reference_target,
        reference_attainment,
        is_whole_company,
        status,
        reason_code,
        reason_message,
        is_final,
        provisional_code,
        pending_parts,
        final_from

    from {{ layer }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from all_values
