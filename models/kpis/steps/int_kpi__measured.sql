-- One row per KPI, attribution model, scope and period: numerator and denominator, or the reason
-- why there is none. A detail has a row only where there is anything.

{% set lag = 'cast(coalesce(catalogue.lag_days, 0) as integer)' %}
{% set final_from = 'cast(' ~ dbt.dateadd('day', lag, 'periods.period_end') ~ ' as date)' %}
{% set missing_code %}
coalesce(unknown_code, case when denominator is not null then zero_code end)
{% endset %}

with

scopes as (

    select * from {{ ref('int_kpi__scopes') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

sides as (

    select * from {{ ref('int_kpi__sides') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

sources as (

    select * from {{ ref('int_kpi__sources') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

due_sides as (

    select
        scopes.kpi,
        scopes.attribution_model,
        scopes.scope_type,
        scopes.scope_id,
        {% for column in detail_columns() %}
        cast(null as string) as {{ column }},
        {% endfor %}
        periods.period_type,
        periods.period_start,
        coalesce(sides.numerator, 0) as numerator,
        coalesce(sides.denominator, 0) as denominator,
        coalesce(sides.unknown_parts, 0) as unknown_parts,
        coalesce(sides.pending_parts, 0) as pending_parts

    from scopes
    cross join periods
    left join sides
        on scopes.kpi = sides.kpi
        and scopes.attribution_model = sides.attribution_model
        and scopes.scope_type = sides.scope_type
        and scopes.scope_id = sides.scope_id
        and periods.period_type = sides.period_type
        and periods.period_start = sides.period_start
    where scopes.attribution_model = 'default' or periods.period_type != 'week'

    union all

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
        numerator,
        denominator,
        unknown_parts,
        pending_parts

    from sides
    where scope_type in ({{ scopes_with('is_detail') }})

),

explained_sides as (

    select
        due_sides.kpi,
        due_sides.attribution_model,
        due_sides.scope_type,
        due_sides.scope_id,
        {% for column in detail_columns() %}
        due_sides.{{ column }},
        {% endfor %}
        due_sides.period_type,
        due_sides.period_start,
        periods.period_end,
        due_sides.pending_parts,
        {{ final_from }} as final_from,
        -- Why the value can still change; null where it is final.
        case
            when not periods.is_final then 'period_runs'
            when
                periods.period_start < sources.covered_from
                or periods.period_end > {{ dbt.dateadd('day', 1, 'sources.covered_until') }}
                then 'days_missing'
            when due_sides.pending_parts > 0 then 'pending'
            when {{ instant_of_company_time(final_from) }} > as_of.observed_until then 'lag'
        end as provisional_code,
        due_sides.numerator,
        case when catalogue.denominator is not null then due_sides.denominator end as denominator,
        due_sides.unknown_parts,
        case
            when due_sides.denominator = 0 then 'zero_denominator'
            when
                due_sides.numerator = 0
                and catalogue.numerator in ({{ measures_with('is_unknown_at_zero') }})
                then 'zero_numerator'
        end as zero_code,
        case
            when sources.missing_code is not null then sources.missing_code
            when sources.is_origin_unknown and due_sides.scope_type = 'department'
                then 'origin_unknown'
            when periods.period_end <= sources.covered_from then 'before_data'
            when periods.period_start > sources.covered_until then 'after_data'
            when due_sides.unknown_parts > 0 then 'unknown_parts'
        end as unknown_code,
        sources.missing_message,
        sources.covered_from,
        sources.covered_until,
        catalogue.numerator as measure,
        catalogue.zero_denominator_reason,
        catalogue.unknown_part_reason

    from due_sides
    inner join catalogue
        on due_sides.kpi = catalogue.kpi
    inner join sources
        on due_sides.kpi = sources.kpi
    inner join periods
        on due_sides.period_type = periods.period_type
        and due_sides.period_start = periods.period_start
    cross join as_of

),

measured_kpis as (

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
        provisional_code is null as is_final,
        provisional_code,
        pending_parts,
        final_from,
        case when unknown_code is null then numerator end as numerator,
        case when unknown_code is null then denominator end as denominator,
        -- Where a ratio has a side of zero its parts stay: they add up to those of the company.
        {{ missing_code }} as missing_code,
        case {{ missing_code }}
            when 'origin_unknown'
                then {{ message('kpi.reason.not_connected', {'stream': "'leads'"}) }}
            when 'before_data'
                then {{ message('kpi.reason.before_data', {'day': as_day('covered_from')}) }}
            when 'after_data'
                then {{ message('kpi.reason.after_data', {'day': as_day('covered_until')}) }}
            when 'unknown_parts'
                then
                    {{ message('kpi.reason.unknown_parts', {
                        'parts': 'unknown_part_reason', 'count': 'unknown_parts'
                    }) }}
            when 'zero_denominator'
                then
                    {{ message('kpi.reason.zero_denominator', {
                        'reason': 'zero_denominator_reason'
                    }) }}
            when 'zero_numerator'
                then {{ message('kpi.reason.zero_numerator', {'measure': 'measure'}) }}
            else missing_message
        end as missing_message

    from explained_sides
    -- "Unattributed" is a line where there is something to show, not an empty row everywhere.
    where
        coalesce(scope_id, '') != 'unattributed'
        or numerator != 0
        or denominator != 0
        or unknown_parts != 0

)

select * from measured_kpis
