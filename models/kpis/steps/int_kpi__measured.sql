-- One row per KPI, attribution model, scope and period: numerator and denominator, or the reason
-- why they are not known. A detail has a row only where there is anything.

with

kpis as (

    select * from {{ ref('dim_kpis') }}

),

sides as (

    select * from {{ ref('int_kpi__sides') }}

),

coverage as (

    select * from {{ ref('int_kpi__coverage') }}

),

-- Departments and people have a value of whatever they have a part in.
due_scopes as (

    select
        kpi,
        attribution_model,
        scope_type,
        scope_id

    from {{ ref('int_kpi__scopes') }}

    union

    select
        sides.kpi,
        sides.attribution_model,
        sides.scope_type,
        sides.scope_id

    from sides
    inner join kpis
        on sides.kpi = kpis.kpi
    where
        sides.scope_type in ('department', 'person')
        and {{ is_published('sides', 'kpis') }}

),

due_sides as (

    select
        due_scopes.kpi,
        due_scopes.attribution_model,
        due_scopes.scope_type,
        due_scopes.scope_id,
        {% for column in detail_columns() %}
        cast(null as string) as {{ column }},
        {% endfor %}
        coverage.period_type,
        coverage.period_start,
        coalesce(sides.numerator, 0) as numerator,
        coalesce(sides.denominator, 0) as denominator,
        coalesce(sides.unknown_parts, 0) as unknown_parts,
        coalesce(sides.pending_parts, 0) as pending_parts

    from due_scopes
    inner join coverage
        on due_scopes.kpi = coverage.kpi
        and (due_scopes.attribution_model = 'default' or coverage.period_type != 'week')
    left join sides
        on due_scopes.kpi = sides.kpi
        and due_scopes.attribution_model = sides.attribution_model
        and due_scopes.scope_type = sides.scope_type
        and due_scopes.scope_id = sides.scope_id
        and coverage.period_type = sides.period_type
        and coverage.period_start = sides.period_start

    union all

    select * from sides
    where scope_type in ({{ scopes_with('is_detail') }})

),

explained_sides as (

    select
        due_sides.*,
        coverage.period_end,
        coverage.final_from,
        case
            when coverage.provisional_code in ('gaps', 'period_runs', 'days_missing')
                then coverage.provisional_code
            when due_sides.pending_parts > 0 then 'pending'
            else coverage.provisional_code
        end as provisional_code,
        case
            when
                coverage.is_origin_unknown
                and due_sides.scope_type = 'department'
                and coalesce(coverage.missing_code, 'before_data') in ('before_data', 'after_data')
                then 'origin_unknown'
            when coverage.missing_code is not null then coverage.missing_code
            when due_sides.unknown_parts > 0 then 'unknown_parts'
        end as missing_code,
        coverage.missing_message,
        coverage.gaps_message,
        kpis.denominator is not null as is_ratio,
        kpis.unknown_part_reason

    from due_sides
    inner join kpis
        on due_sides.kpi = kpis.kpi
    inner join coverage
        on due_sides.kpi = coverage.kpi
        and due_sides.period_type = coverage.period_type
        and due_sides.period_start = coverage.period_start
    -- "Unattributed" is a line where there is something to show, not an empty row everywhere.
    where
        coalesce(due_sides.scope_id, '') != 'unattributed'
        or due_sides.numerator != 0
        or (kpis.denominator is not null and due_sides.denominator != 0)
        or due_sides.unknown_parts != 0

)

select
    kpi,
    attribution_model,
    scope_type,
    scope_id,
    {% for column in detail_columns() %}
    {{ column }},
    {% endfor %}
    period_type,
    period_start,
    period_end,
    final_from,
    provisional_code,
    pending_parts,
    case when missing_code is null then numerator end as numerator,
    case when missing_code is null and is_ratio then denominator end as denominator,
    missing_code,
    case missing_code
        when 'origin_unknown'
            then {{ message('kpi.reason.not_connected', {'stream': "'leads'"}) }}
        when 'unknown_parts'
            then
                {{ message('kpi.reason.unknown_parts', {
                    'parts': 'unknown_part_reason', 'count': 'unknown_parts'
                }) }}
        else missing_message
    end as missing_message,
    gaps_message

from explained_sides
