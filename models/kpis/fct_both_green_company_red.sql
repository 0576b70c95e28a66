-- One row per period for the company and each product line: 1 where marketing and sales both
-- reached their target while the company missed its own, 0 where not, null where one is unknown;
-- and the reason: the attainments first, then what lay idle.

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
        kpi_values.is_final,
        case when kpi_values.status = 'incomplete' then kpi_values.reason_message end
            as gaps_message

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
        {% for side in ['marketing', 'sales', 'company'] %}
        max(case when side = '{{ side }}' then attainment end) as {{ side }}_attainment,
        {% endfor %}
        min(case when is_final then 1 else 0 end) = 1 as is_final,
        max(gaps_message) as gaps_message

    from side_values
    where scope_id != 'unattributed'
    group by scope_type, scope_id, period_type, period_start, period_end

),

flagged_sides as (

    select
        *,
        case
            when
                marketing_attainment is null
                or sales_attainment is null
                or company_attainment is null
                then null
            when marketing_attainment >= 1 and sales_attainment >= 1 and company_attainment < 1
                then 1
            else 0
        end as is_both_green_company_red

    from sides

),

idle_parts as (

    select
        scope_type,
        scope_id,
        period_type,
        period_start,
        max(case when kpi = 'ignored_lead_rate' then value end) as ignored_lead_rate,
        max(case when kpi = 'wasted_spend' then value end) as wasted_spend

    from kpi_values
    where kpi in ('ignored_lead_rate', 'wasted_spend')
    group by scope_type, scope_id, period_type, period_start

)

select
    flags.*,
    case
        when flags.is_both_green_company_red is null
            then
                {{ message('kpi.reason.no_attainment', {
                    'side': "case
                        when flags.marketing_attainment is null then 'marketing'
                        when flags.sales_attainment is null then 'sales'
                        else 'company'
                    end"
                }) }}
        when flags.gaps_message is not null then flags.gaps_message
        else
            {{ message('kpi.reason.attainments', {
                'marketing': as_attainment('flags.marketing_attainment'),
                'sales': as_attainment('flags.sales_attainment'),
                'company': as_attainment('flags.company_attainment'),
                'ignored': as_percent(
                    'case when ' ~ is_worth_telling('idle_parts.ignored_lead_rate')
                    ~ ' then idle_parts.ignored_lead_rate end', 0
                ),
                'wasted': as_money(
                    'case when idle_parts.wasted_spend > 0 then idle_parts.wasted_spend end'
                ),
            }) }}
    end as reason_message

from flagged_sides as flags
left join idle_parts
    on flags.scope_type = idle_parts.scope_type
    and flags.scope_id = idle_parts.scope_id
    and flags.period_type = idle_parts.period_type
    and flags.period_start = idle_parts.period_start
