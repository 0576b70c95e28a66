-- One row per range, person (all for the company) and big number of the sales page, against its
-- target where there is one.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'person')

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

sales_values as (

    select
        kpi_values.*,
        ranges.range_id,
        case when kpi_values.scope_type = 'company' then 'all' else kpi_values.scope_id end
            as person_id

    from kpi_values
    inner join ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start

),

people as (

    select * from {{ ref('rpt_sales_people') }}

),

response_times as (

    select * from {{ ref('int_reports__response_times') }}

),

ordered_kpis as (

    select * from (
        values
        ('sla_compliance', 10),
        ('ignored_lead_rate', 30),
        ('wasted_spend', 40),
        ('feedback_completeness', 50),
        ('win_rate_count', 60),
        ('booked_revenue', 70),
        ('collected_revenue', 80)
    ) as kpis (kpi, sort_order)

),

sla_reasons as (

    select range_id, person_id, case when value is null then reason_text end as reason
    from sales_values
    where kpi = 'sla_compliance'

),

cards as (

    select
        sales_values.range_id,
        sales_values.person_id,
        sales_values.kpi,
        catalogue.kpi_label,
        sales_values.value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        sales_values.reference_target as target,
        sales_values.reference_attainment as attainment,
        sales_values.reason_text as reason,
        catalogue.definition,
        ordered_kpis.sort_order

    from sales_values
    inner join ordered_kpis
        on sales_values.kpi = ordered_kpis.kpi
    inner join catalogue
        on sales_values.kpi = catalogue.kpi

    union all

    select
        sla_reasons.range_id,
        sla_reasons.person_id,
        'median_response_minutes' as kpi,
        'First response, median minutes' as kpi_label,
        response_times.median_response_minutes as value,
        'num0' as value_format,
        null as target,
        null as attainment,
        coalesce(sla_reasons.reason, 'no lead of this period was answered') as reason,
        'Business minutes from the assignment of a lead to the first call or message of a human;'
        || ' half of the answered leads waited less. The KPI “First response time” is their mean,'
        || ' which a few long waits raise.' as definition,
        20 as sort_order

    from sla_reasons
    left join response_times
        on sla_reasons.range_id = response_times.range_id
        and sla_reasons.person_id = response_times.person_id

)

select
    cards.range_id,
    cards.person_id,
    {{ card_columns() }},
    cards.definition,
    case when cards.kpi = 'collected_revenue' then 'company' else 'sales' end as side,
    cast(cards.sort_order as integer) as sort_order

from cards
inner join people
    on cards.person_id = people.person_id
