-- One row per KPI, attribution model, scope and period that has any part: its numerator and
-- denominator over the same scope, before anything is divided. Whatever no model changes counts the
-- same under each.

with

kpis as (

    select * from {{ ref('dim_kpis') }}
    where aggregation != 'derived'

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

-- What is dated after the last day the data speaks for (a planned payment) has not happened yet.
parts as (

    {% for model in measure_models() %}
    select * from {{ ref(model) }}
    where {{ has_come('date_day') }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

scoped_parts as (

    {% for scope in kpi_scopes() %}
    {{ parts_of_scope(scope) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

totals as (

    select
        scoped_parts.measure,
        scoped_parts.attribution_model,
        scoped_parts.scope_type,
        scoped_parts.scope_id,
        {% for column in detail_columns() %}
        scoped_parts.{{ column }},
        {% endfor %}
        period_days.period_type,
        period_days.period_start,
        cast(sum(scoped_parts.value) as decimal(28, 10)) as value,
        sum(scoped_parts.unknown_parts) as unknown_parts,
        sum(scoped_parts.pending_parts) as pending_parts

    from scoped_parts
    inner join period_days
        on scoped_parts.part_day = period_days.date_day
        and (period_days.period_type != 'week' or not scoped_parts.is_coarse)
    group by
        scoped_parts.measure,
        scoped_parts.attribution_model,
        scoped_parts.scope_type,
        scoped_parts.scope_id,
        {% for column in detail_columns() %}
        scoped_parts.{{ column }},
        {% endfor %}
        period_days.period_type,
        period_days.period_start

),

kpi_models as (

    {{ kpi_models('kpis') }}

),

sides as (

    select
        kpis.kpi,
        kpi_models.attribution_model,
        totals.scope_type,
        totals.scope_id,
        {% for column in detail_columns() %}
        totals.{{ column }},
        {% endfor %}
        totals.period_type,
        totals.period_start,
        {% for side in ['numerator', 'denominator'] %}
        cast(
            sum(case when totals.measure = kpis.{{ side }} then totals.value else 0 end)
            as decimal(28, 10)
        ) as {{ side }},
        {% endfor %}
        cast(sum(totals.unknown_parts) as bigint) as unknown_parts,
        -- A thing time will tell of is waited for on both sides, and is one thing.
        cast(max(totals.pending_parts) as bigint) as pending_parts

    from kpis
    inner join totals
        on totals.measure in (kpis.numerator, kpis.denominator)
    inner join kpi_models
        on kpis.kpi = kpi_models.kpi
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
        and {{ has_both_sides('kpis', 'totals') }}
    group by
        kpis.kpi,
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
