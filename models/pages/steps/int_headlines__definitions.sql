-- One row: how many KPIs are defined, and how many of them can be measured with what is connected.

with

definitions as (

    select * from {{ ref('rpt_definitions') }}
    where is_in_force

),

counted_definitions as (

    select
        count(*) as kpi_count,
        count(case when missing_reason_message is not null then 1 end) as missing_count

    from definitions

),

answers as (

    select
        {{ standing_headline() }},
        {{ message('definitions.headline', {
            'kpis': 'kpi_count', 'missing': 'missing_count', 'known': 'kpi_count - missing_count'
        }) }} as sentence_message,
        'neutral' as tone

    from counted_definitions

)

select * from answers
