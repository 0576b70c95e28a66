-- One row per range: why money or deals are not known, and how far ROAS came towards its target, of
-- the company or, where it has none, of marketing.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        scope_type = 'company' or (scope_type = 'department' and scope_id = 'marketing')

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

)

{% set values = {'collected_revenue': 'money_reason', 'won_deals': 'deals_reason'} %}

select
    ranges.range_id,
    {% for kpi, reason in values.items() %}
    max(
        case
            when kpi_values.kpi = '{{ kpi }}' and kpi_values.value is null
                then kpi_values.reason_text
        end
    ) as {{ reason }},
    {% endfor %}
    coalesce(
        max(
            case
                when kpi_values.kpi = 'roas' and kpi_values.scope_type = 'company'
                    then kpi_values.attainment
            end
        ),
        max(case when kpi_values.kpi = 'roas' then kpi_values.attainment end)
    ) as roas_attainment

from kpi_values
inner join ranges
    on kpi_values.period_type = ranges.range_type
    and kpi_values.period_start = ranges.range_start
group by ranges.range_id
