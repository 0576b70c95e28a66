-- One row per card of a KPI and period: its last twelve values as a list in text, for a small line
-- beside the number; a value that is not known stays a gap.

with

owner_values as (

    select * from {{ ref('int_reports__owner_values') }}

),

numbered_values as (

    select
        card_id,
        period_type,
        period_start,
        coalesce(cast(cast(round(value, 4) as decimal(28, 4)) as varchar), 'null') as value_text,
        row_number() over (partition by card_id, period_type order by period_start) as period_number

    from owner_values

),

trends as (

    select
        numbered_values.card_id,
        numbered_values.period_type,
        numbered_values.period_start,
        '[' || {{ dbt.listagg(
            'earlier_values.value_text', "','", 'order by earlier_values.period_number'
        ) }} || ']' as trend

    from numbered_values
    inner join numbered_values as earlier_values
        on numbered_values.card_id = earlier_values.card_id
        and numbered_values.period_type = earlier_values.period_type
        and earlier_values.period_number between numbered_values.period_number - 11
        and numbered_values.period_number
    group by numbered_values.card_id, numbered_values.period_type, numbered_values.period_start

)

select * from trends
