-- One row per KPI, scope and period: the value, divided once, its target and its attainment.

with

measured as (

    select * from {{ ref('int_kpi__measured') }}

),

targets as (

    select * from {{ ref('int_kpi__targets') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

divided_values as (

    select
        measured.*,
        targets.target,
        catalogue.direction,
        case
            when measured.missing_reason is not null then null
            when measured.denominator is null then cast(measured.numerator as decimal(28, 10))
            else {{ exact_ratio('measured.numerator', 'measured.denominator') }}
        end as value

    from measured
    inner join catalogue
        on measured.kpi = catalogue.kpi
    left join targets
        on measured.kpi = targets.kpi
        and measured.scope_type = targets.scope_type
        and measured.scope_id = targets.scope_id
        and measured.period_type = targets.period_type
        and measured.period_start = targets.period_start

),

-- Where less is better, twice the target is an attainment of one half.
attained_values as (

    select
        *,
        case
            when direction = 'down' then {{ exact_ratio('target', 'value') }}
            else {{ exact_ratio('value', 'target') }}
        end as attainment

    from divided_values

),

explained_values as (

    select
        kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        numerator,
        denominator,
        value,
        target,
        attainment,
        case
            when value is null then 'not_available'
            when is_final then 'final'
            else 'provisional'
        end as status,
        case
            when value is null then missing_reason
            when target is null then 'no target for this KPI, scope and period'
            when attainment is null then 'an attainment cannot be divided by zero'
        end as reason,
        is_final,
        case when value is not null then provisional_code end as provisional_code,
        pending_parts,
        final_from

    from attained_values

)

select * from explained_values
