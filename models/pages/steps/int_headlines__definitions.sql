-- One row: how many KPIs are defined, and how many of them can be measured with what is connected.

with

definitions as (

    select * from {{ ref('rpt_definitions') }}
    where is_in_force

),

counted_definitions as (

    select
        count(*) as kpi_count,
        count(case when missing_reason is not null then 1 end) as missing_count

    from definitions

),

answers as (

    select
        {{ standing_headline() }},
        'Both departments read ' || cast(kpi_count as varchar)
        || ' KPIs, each defined once, here.' || case
            when missing_count = 0 then ' All of them have the sources they need.'
            else
                ' ' || cast(kpi_count - missing_count as varchar)
                || ' have the sources they need; the others say which is missing.'
        end as sentence,
        'neutral' as tone

    from counted_definitions

)

select * from answers
