-- One row per period for the company and each product line: 1 where marketing and sales both
-- reached their target while the company missed its own, 0 where not, null where one is unknown.

with

kpi_values as (

    select * from {{ ref('int_kpi__values') }}
    where attribution_model = 'default'

),

headline_kpis as (

    select * from {{ ref('headline_kpis') }}

),

-- At company level each side is measured in its own department; a product line is one scope.
side_values as (

    select
        headline_kpis.side,
        case kpi_values.scope_type when 'product_line' then 'product_line' else 'company' end
            as scope_type,
        case kpi_values.scope_type when 'product_line' then kpi_values.scope_id else 'company' end
            as scope_id,
        kpi_values.period_type,
        kpi_values.period_start,
        kpi_values.period_end,
        kpi_values.attainment,
        kpi_values.is_final

    from kpi_values
    inner join headline_kpis
        on kpi_values.kpi = headline_kpis.kpi
        and {{ is_in_force('headline_kpis', 'kpi_values.period_start') }}
    where
        kpi_values.scope_type = 'product_line'
        or (kpi_values.scope_type = 'department' and kpi_values.scope_id = headline_kpis.side)
        or (kpi_values.scope_type = 'company' and headline_kpis.side = 'company')

),

sides as (

    select
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        max(case when side = 'marketing' then attainment end) as marketing_attainment,
        max(case when side = 'sales' then attainment end) as sales_attainment,
        max(case when side = 'company' then attainment end) as company_attainment,
        min(case when is_final then 1 else 0 end) = 1 as is_final

    from side_values
    where scope_id != 'unattributed'
    group by scope_type, scope_id, period_type, period_start, period_end

)

select
    *,
    case
        when marketing_attainment is null or sales_attainment is null or company_attainment is null
            then null
        when marketing_attainment >= 1 and sales_attainment >= 1 and company_attainment < 1 then 1
        else 0
    end as is_both_green_company_red

from sides
