-- One row per measure, day and combination of dimensions: what all measures counted until the last
-- day the data speaks for. What is dated later (a planned payment) has not happened yet.

with

measures as (

    {% for measure in kpi_measures() %}
    select
        '{{ measure }}' as measure,
        *
    from {{ ref('measure_' ~ measure) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

past_parts as (

    select measures.*
    from measures
    inner join as_of
        on measures.date_day <= as_of.as_of_date

)

select * from past_parts
