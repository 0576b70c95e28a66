-- One row per KPI, attribution model, scope and period that has any part: its numerator and
-- denominator over the same scope, before anything is divided. Whatever no model changes counts the
-- same under each.

with

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}
    where aggregation != 'derived'

),

totals as (

    select * from {{ ref('int_kpi__totals') }}

),

kpi_models as (

    select * from {{ ref('int_kpi__models') }}

),

sides as (

    select
        catalogue.kpi,
        kpi_models.attribution_model,
        totals.scope_type,
        totals.scope_id,
        {% for column in detail_columns() %}
        totals.{{ column }},
        {% endfor %}
        totals.period_type,
        totals.period_start,
        cast(
            sum(case when totals.measure = catalogue.numerator then totals.value else 0 end)
            as decimal(28, 10)
        ) as numerator,
        cast(
            sum(case when totals.measure = catalogue.denominator then totals.value else 0 end)
            as decimal(28, 10)
        ) as denominator,
        cast(sum(totals.unknown_parts) as bigint) as unknown_parts,
        -- A thing time will tell of is waited for on both sides, and is one thing.
        cast(max(totals.pending_parts) as bigint) as pending_parts

    from catalogue
    inner join totals
        on totals.measure in (catalogue.numerator, catalogue.denominator)
    inner join kpi_models
        on catalogue.kpi = kpi_models.kpi
        and coalesce(totals.attribution_model, kpi_models.attribution_model)
        = kpi_models.attribution_model
    where
        (
            kpi_models.attribution_model = 'default'
            or (
                totals.scope_type in ({{ scopes_with('by_model') }})
                and totals.period_type != 'week'
            )
        )
        and {{ has_both_sides('catalogue', 'totals') }}
    group by
        catalogue.kpi,
        kpi_models.attribution_model,
        totals.scope_type,
        totals.scope_id,
        {% for column in detail_columns() %}
        totals.{{ column }},
        {% endfor %}
        totals.period_type,
        totals.period_start

)

select * from sides
