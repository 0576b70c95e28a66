-- One row per KPI, scope and period: numerator and denominator, or the reason why there is none.

with

scopes as (

    select * from {{ ref('int_kpi__scopes') }}

),

periods as (

    select * from {{ ref('int_kpi__periods') }}

),

totals as (

    select * from {{ ref('int_kpi__totals') }}

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

joined_totals as (

    select
        scopes.kpi,
        scopes.scope_type,
        scopes.scope_id,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        coalesce(totals.pending_parts, 0) as pending_parts,
        periods.is_final as is_over,
        coalesce(
            periods.period_start < sources.covered_from
            or periods.period_end > {{ dbt.dateadd('day', 1, 'sources.covered_until') }},
            false
        ) as lacks_days,
        cast({{ dbt.dateadd(
            'day', 'cast(coalesce(catalogue.lag_days, 0) as integer)', 'periods.period_end'
        ) }} as date) as final_from,
        coalesce(totals.numerator, 0) as numerator,
        case when catalogue.aggregation = 'ratio' then coalesce(totals.denominator, 0) end
            as denominator,
        catalogue.zero_denominator_reason,
        coalesce(totals.unknown_parts, 0) as unknown_parts,
        case
            when sources.missing_reason is not null then sources.missing_reason
            when periods.period_end <= sources.covered_from
                then 'no data delivered before ' || cast(sources.covered_from as varchar)
            when periods.period_start > sources.covered_until
                then 'no data delivered after ' || cast(sources.covered_until as varchar)
            when totals.unknown_parts > 0
                then catalogue.unknown_part_reason || ': ' || cast(totals.unknown_parts as varchar)
        end as unknown_reason

    from scopes
    inner join catalogue
        on scopes.kpi = catalogue.kpi
    inner join sources
        on scopes.kpi = sources.kpi
    cross join periods
    left join totals
        on scopes.kpi = totals.kpi
        and scopes.scope_type = totals.scope_type
        and scopes.scope_id = totals.scope_id
        and periods.period_type = totals.period_type
        and periods.period_start = totals.period_start

),

-- Why a value can still change; null where it is final.
coded_totals as (

    select
        joined_totals.*,
        case
            when not joined_totals.is_over then 'period_runs'
            when joined_totals.lacks_days then 'days_missing'
            when joined_totals.pending_parts > 0 then 'pending'
            when {{ instant_of_company_time('joined_totals.final_from') }} > as_of.observed_until
                then 'lag'
        end as provisional_code

    from joined_totals
    cross join as_of

),

measured_kpis as (

    select
        kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        provisional_code is null as is_final,
        provisional_code,
        pending_parts,
        final_from,
        case when unknown_reason is null then numerator end as numerator,
        case when unknown_reason is null then denominator end as denominator,
        case
            when unknown_reason is not null then unknown_reason
            when denominator = 0 then zero_denominator_reason
        end as missing_reason

    from coded_totals
    -- "Unattributed" is a line where there is something to show, not an empty row everywhere.
    where scope_id != 'unattributed' or numerator != 0 or denominator != 0 or unknown_parts != 0

)

select * from measured_kpis
