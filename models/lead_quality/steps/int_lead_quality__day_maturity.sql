-- One row per day on which leads came in: whether they, and all leads of their month, are old
-- enough to be evaluated.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

quality_terms as (

    select * from {{ ref('quality_terms') }}
    where term = 'matured_after'

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

lead_days as (

    select distinct
        created_date,
        cast({{ dbt.date_trunc('month', 'created_date') }} as date) as lead_month,
        cast({{ dbt.last_day('created_date', 'month') }} as date) as last_date

    from leads

),

-- The youngest lead decides: a month half of whose deals are still in work looks worse than it is.
dated_days as (

    select
        lead_days.created_date,
        lead_days.lead_month,
        cast({{ dbt.dateadd('day', 'day_terms.days', 'lead_days.created_date') }} as date)
            as matures_on,
        cast({{ dbt.dateadd('day', 'month_terms.days', 'lead_days.last_date') }} as date)
            as month_matures_on

    from lead_days
    left join quality_terms as day_terms
        on {{ is_in_force('day_terms', 'lead_days.created_date') }}
    left join quality_terms as month_terms
        on {{ is_in_force('month_terms', 'lead_days.last_date') }}

),

judged_days as (

    select
        dated_days.*,
        coalesce(dated_days.matures_on <= as_of.as_of_date, false) as is_matured,
        coalesce(dated_days.month_matures_on <= as_of.as_of_date, false) as is_month_matured

    from dated_days
    cross join as_of

)

select * from judged_days
