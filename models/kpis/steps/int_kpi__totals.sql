-- One row per measure, attribution model (null where none matters), scope and period that has any
-- part: summed over the same scope, before anything is divided.

with

parts as (

    select * from {{ ref('int_kpi__parts') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

-- Details and other models than the default are asked for by month and longer: a part stands on the
-- first day of its month.
scoped_parts as (

    {% for scope, traits in kpi_scopes().items() %}
    {% set columns = [] %}
    {% for dimension in traits.dimensions %}
    {% do columns.append('parts.' ~ kpi_dimensions()[dimension]) %}
    {% endfor %}
    {% set coarse = 'true' if traits.is_detail
        else "coalesce(parts.attribution_model, 'default') != 'default'" %}
    {% set month = dbt.date_trunc('month', 'parts.date_day') %}
    {% set part_day %}cast(
        case when {{ coarse }} then {{ month }} else parts.date_day end as date
    ){% endset %}
    select
        parts.measure,
        parts.attribution_model,
        '{{ scope }}' as scope_type,
        {% if traits.is_detail %}
        cast(null as string) as scope_id,
        {% elif scope == 'company' %}
        'company' as scope_id,
        {% else %}
        coalesce({{ columns[0] }}, 'unattributed') as scope_id,
        {% endif %}
        {% for column in detail_columns() %}
        {% if traits.is_detail and 'parts.' ~ column in columns %}
        coalesce(parts.{{ column }}, 'unattributed') as {{ column }},
        {% else %}
        cast(null as string) as {{ column }},
        {% endif %}
        {% endfor %}
        {{ coarse }} as is_coarse,
        {{ part_day }} as part_day,
        sum(parts.value) as value,
        sum(parts.unknown_parts) as unknown_parts,
        sum(parts.pending_parts) as pending_parts

    from parts
    where
        parts.measure in ({{ measures_of_scope(scope) }})
        {% if not traits.by_model %}
        and coalesce(parts.attribution_model, 'default') = 'default'
        {% endif %}
    group by
        parts.measure,
        parts.attribution_model,
        {% for column in columns %}
        {{ column }},
        {% endfor %}
        {{ part_day }}
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
        cast(sum(scoped_parts.unknown_parts) as bigint) as unknown_parts,
        cast(sum(scoped_parts.pending_parts) as bigint) as pending_parts

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

)

select * from totals
