-- A year without holidays counts business time on days nobody worked.
{{ config(severity='warn') }}

with

handover_years as (

    select distinct extract(year from assigned_date) as calendar_year
    from {{ ref('fct_lead_handovers') }}

),

holiday_years as (

    select distinct extract(year from holiday_date) as calendar_year
    from {{ ref('holidays') }}
    where country = '{{ var("company_country") }}'

)

select handover_years.calendar_year
from handover_years
left join holiday_years
    on handover_years.calendar_year = holiday_years.calendar_year
where holiday_years.calendar_year is null
