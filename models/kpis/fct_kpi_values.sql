-- One row per KPI, scope and period: what both departments read, and all that anyone is paid on.

with

kpi_values as (

    select * from {{ ref('int_kpi__compared_values') }}
    where attribution_model = 'default' and scope_id is not null

),

-- KPIs made of KPIs come after those they are made of.
flags as (

    select
        *,
        is_both_green_company_red is null as is_unknown

    from {{ ref('fct_both_green_company_red') }}

),

all_values as (

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

    from kpi_values

    union all

    select
        'both_green_company_red' as kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        cast(is_both_green_company_red as decimal(28, 10)) as numerator,
        cast(null as decimal(28, 10)) as denominator,
        cast(is_both_green_company_red as decimal(28, 10)) as value,
        cast(null as decimal(24, 6)) as target,
        cast(null as decimal(28, 10)) as attainment,
        cast(null as decimal(24, 6)) as reference_target,
        cast(null as decimal(28, 10)) as reference_attainment,
        scope_type = 'company' as is_whole_company,
        case
            when is_unknown then 'not_available'
            when gaps_message is not null then 'incomplete'
            when is_final then 'final'
            else 'provisional'
        end as status,
        case
            when is_unknown then 'no_attainment'
            when gaps_message is not null then 'gaps'
            else 'attainments'
        end as reason_code,
        reason_message,
        is_final,
        case
            when is_unknown then null
            when gaps_message is not null then 'gaps'
            when not is_final then 'parts'
        end as provisional_code,
        cast(0 as bigint) as pending_parts,
        cast(null as date) as final_from

    from flags

)

select * from all_values
