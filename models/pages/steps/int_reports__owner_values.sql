-- One row per card of a KPI and period: its name, which says the department where the number is not
-- the company's, with the value, the target of the same scope and the period before.

with

card_values as (

    select * from {{ ref('int_reports__card_values') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}
    where aggregation != 'derived'

),

periods as (

    select * from {{ ref('rpt_periods') }}

),

owner_values as (

    select
        card_values.kpi,
        card_values.card_id,
        card_values.scope_id,
        card_values.is_owner_value,
        {{ scoped_kpi_label('catalogue.kpi_label', 'card_values.scope_id') }} as kpi_label,
        case when card_values.is_owner_value then catalogue.owner_department else 'company' end
            as side,
        catalogue.unit,
        catalogue.direction,
        catalogue.definition,
        catalogue.formula,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        periods.is_final,
        periods.is_latest_final,
        card_values.value,
        card_values.target,
        card_values.attainment,
        card_values.reason,
        lag(card_values.value) over (
            partition by card_values.card_id, card_values.period_type
            order by card_values.period_start
        ) as previous_value,
        lag(periods.period_label) over (
            partition by card_values.card_id, card_values.period_type
            order by card_values.period_start
        ) as previous_label

    from card_values
    inner join catalogue
        on card_values.kpi = catalogue.kpi
    inner join periods
        on card_values.period_type = periods.period_type
        and card_values.period_start = periods.period_start

)

select * from owner_values
