-- One row per KPI, attribution model, scope and period: the value, divided once, its target and its
-- attainment. Beside them the target to hold it against where it has none of its own.

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

departments as (

    select * from {{ ref('int_kpi__departments') }}

),

-- The company without a target of its own is held against that of the department owning the KPI,
-- where the department is all of it; a person's rate against that of the company or department.
owner_targets as (

    select
        targets.kpi,
        targets.period_type,
        targets.period_start,
        max(case when targets.scope_type = 'company' then targets.target end) as company_target,
        max(case when targets.scope_type = 'department' then targets.target end)
            as department_target,
        max(case when departments.is_whole_company then targets.target end) as whole_target

    from targets
    inner join catalogue
        on targets.kpi = catalogue.kpi
    left join departments
        on targets.kpi = departments.kpi
        and targets.scope_id = departments.department_id
        and targets.scope_type = 'department'
    where
        targets.scope_type = 'company'
        or (targets.scope_type = 'department' and targets.scope_id = catalogue.owner_department)
    group by targets.kpi, targets.period_type, targets.period_start

),

divided_values as (

    select
        measured.*,
        targets.target,
        coalesce(
            targets.target,
            case
                when measured.scope_type = 'company' then owner_targets.whole_target
                when measured.scope_type = 'person' and catalogue.denominator is not null
                    then coalesce(owner_targets.company_target, owner_targets.department_target)
            end
        ) as reference_target,
        catalogue.direction,
        case measured.scope_type
            when 'company' then true
            when 'department' then departments.is_whole_company
        end as is_whole_company,
        case
            when measured.missing_code is not null then null
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
    left join owner_targets
        on measured.kpi = owner_targets.kpi
        and measured.period_type = owner_targets.period_type
        and measured.period_start = owner_targets.period_start
    left join departments
        on measured.kpi = departments.kpi
        and measured.scope_type = 'department'
        and measured.scope_id = departments.department_id

),

attained_values as (

    select
        *,
        {{ attainment('value', 'target', 'direction') }} as attainment,
        {{ attainment('value', 'reference_target', 'direction') }} as reference_attainment

    from divided_values

),

explained_values as (

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
        reference_target,
        reference_attainment,
        is_whole_company,
        case
            when value is null then 'not_available'
            when is_final then 'final'
            else 'provisional'
        end as status,
        case
            when value is null then missing_code
            when target is null then 'no_target'
            when attainment is null then 'zero_divisor'
        end as reason_code,
        case
            when value is null then missing_message
            when target is null then {{ message('kpi.reason.no_target') }}
            when attainment is null then {{ message('kpi.reason.zero_divisor') }}
        end as reason_message,
        is_final,
        case when value is not null then provisional_code end as provisional_code,
        pending_parts,
        final_from

    from attained_values

)

select * from explained_values
