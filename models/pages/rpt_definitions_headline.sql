-- One row: how many KPIs are defined, and how many of them can be measured with what is connected.

with

counted_kpis as (

    select
        count(*) as kpi_count,
        count(missing_message) as missing_count

    from {{ ref('dim_kpis') }}

)

select
    {{ message('definitions.headline', {
        'kpis': 'kpi_count', 'missing': 'missing_count', 'known': 'kpi_count - missing_count'
    }) }} as sentence_message,
    'neutral' as tone

from counted_kpis
