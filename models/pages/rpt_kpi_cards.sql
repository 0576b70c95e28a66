-- One row per card of a KPI and month or quarter: value, target of the same scope, change and
-- trend.

with

owner_values as (

    select * from {{ ref('int_reports__owner_values') }}
    where period_type in ('month', 'quarter')

),

changes as (

    select * from {{ ref('int_reports__kpi_changes') }}

),

trends as (

    select * from {{ ref('int_reports__kpi_trends') }}

),

cards as (

    select
        owner_values.card_id,
        owner_values.kpi,
        owner_values.scope_id,
        owner_values.is_owner_value,
        owner_values.kpi_label,
        owner_values.side,
        owner_values.period_type,
        owner_values.period_start,
        owner_values.period_label,
        owner_values.period_state,
        owner_values.is_final,
        owner_values.is_latest_final,
        cast(owner_values.value as decimal(28, 6)) as value,
        {{ compared_format(
            kpi_format('owner_values.unit'), 'owner_values.value', 'owner_values.target',
            'owner_values.attainment'
        ) }} as value_format,
        {{ compared_kpi_text(
            'owner_values.value', 'owner_values.target', 'owner_values.attainment',
            'owner_values.unit'
        ) }} as value_text,
        cast(owner_values.target as decimal(28, 6)) as target,
        {{ kpi_text('owner_values.target', 'owner_values.unit') }} as target_text,
        {{ shown_attainment('owner_values.attainment') }} as attainment,
        {{ attainment_tone('owner_values.attainment') }} as tone,
        case
            when owner_values.reason = 'no target for this KPI, scope and period'
                then
                    case
                        when owner_values.is_owner_value then 'no target set'
                        else 'of the whole company'
                    end
            else owner_values.reason
        end as reason,
        changes.change_text,
        coalesce(changes.change_tone, 'neutral') as change_tone,
        trends.trend,
        owner_values.definition,
        '/definitions/#' || owner_values.kpi as link

    from owner_values
    left join changes
        on owner_values.card_id = changes.card_id
        and owner_values.period_type = changes.period_type
        and owner_values.period_start = changes.period_start
    left join trends
        on owner_values.card_id = trends.card_id
        and owner_values.period_type = trends.period_type
        and owner_values.period_start = trends.period_start

)

select * from cards
