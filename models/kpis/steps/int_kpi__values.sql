-- One row per KPI, attribution model, scope and period: the value, divided once, its target and its
-- attainment, or the reason why there is none.

with

measured as (

    select * from {{ ref('int_kpi__measured') }}

),

targets as (

    select * from {{ ref('int_kpi__targets') }}

),

kpis as (

    select * from {{ ref('dim_kpis') }}

),

divided_values as (

    select
        measured.*,
        kpis.direction,
        kpis.numerator as measure,
        kpis.zero_denominator_reason,
        targets.target,
        -- Where a ratio has a side of zero its parts stay: they add up to those of the company.
        case
            when measured.missing_code is not null then measured.missing_code
            when measured.denominator = 0 then 'zero_denominator'
            when
                measured.denominator is not null
                and measured.numerator = 0
                and kpis.numerator in ({{ measures_with('is_unknown_at_zero') }})
                then 'zero_numerator'
        end as value_code,
        case
            when measured.denominator is null then cast(measured.numerator as decimal(28, 10))
            else {{ exact_ratio('measured.numerator', 'measured.denominator', 'try_cast') }}
        end as quotient

    from measured
    inner join kpis
        on measured.kpi = kpis.kpi
    left join targets
        on measured.kpi = targets.kpi
        and measured.scope_type = targets.scope_type
        and measured.scope_id = targets.scope_id
        and measured.period_type = targets.period_type
        and measured.period_start = targets.period_start

),

known_values as (

    select
        *,
        -- A quotient for which there is no room, of a divisor next to nothing, stops no build.
        case
            when value_code is not null then value_code
            when quotient is null and numerator is not null and denominator is not null
                then 'too_large'
        end as missing_value_code,
        case when value_code is null then quotient end as value

    from divided_values

),

attained_values as (

    select
        *,
        {{ attainment('value', 'target', 'direction') }} as attainment

    from known_values

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
    numerator,
    denominator,
    value,
    target,
    attainment,
    case
        when value is null then 'not_available'
        when provisional_code = 'gaps' then 'incomplete'
        when provisional_code is null then 'final'
        else 'provisional'
    end as status,
    case
        when value is null then missing_value_code
        when provisional_code = 'gaps' then 'gaps'
        when target is null then 'no_target'
        when attainment is null and value != 0 and target != 0 then 'too_large'
        when attainment is null then 'zero_divisor'
    end as reason_code,
    case
        when value_code = 'zero_denominator'
            then
                {{ message('kpi.reason.zero_denominator', {
                    'reason': 'zero_denominator_reason'
                }) }}
        when value_code = 'zero_numerator'
            then {{ message('kpi.reason.zero_numerator', {'measure': 'measure'}) }}
        when missing_value_code = 'too_large' then {{ message('kpi.reason.too_large') }}
        when value is null then missing_message
        when provisional_code = 'gaps' then gaps_message
        when target is null then {{ message('kpi.reason.no_target') }}
        when attainment is null and value != 0 and target != 0
            then {{ message('kpi.reason.too_large') }}
        when attainment is null then {{ message('kpi.reason.zero_divisor') }}
    end as reason_message,
    provisional_code is null as is_final,
    case when value is not null then provisional_code end as provisional_code,
    pending_parts,
    final_from

from attained_values
