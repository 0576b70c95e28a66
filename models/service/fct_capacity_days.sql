-- One row per day from the week of the first lead to the end of the week of the data's last day:
-- the leads that were qualified, and those sales had the people for.

with

business_days as (

    select * from {{ ref('dim_business_days') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- A salesperson works on business days without an absence, while in sales.
seller_days as (

    select
        business_days.date_day,
        sales_capacity.person_id,
        sales_capacity.leads_per_week,
        business_days.is_business_day
        and not exists (
            select 1 from {{ ref('absences') }} as absences
            where
                absences.person_id = sales_capacity.person_id
                and business_days.date_day >= absences.absent_from
                and business_days.date_day <= absences.absent_to
        ) as is_available

    from business_days
    inner join {{ ref('sales_capacity') }} as sales_capacity
        on {{ is_in_force('sales_capacity', 'business_days.date_day') }}
    inner join {{ ref('people') }} as people
        on sales_capacity.person_id = people.person_id
        and people.department_id = 'sales'
        and {{ is_in_force('people', 'business_days.date_day') }}

),

bounds as (

    select
        {{ dbt.date_trunc('week', 'min(leads.created_date)') }} as first_day,
        {{ dbt.dateadd('day', 7, dbt.date_trunc('week', 'max(as_of.as_of_date)')) }} as end_day

    from leads
    cross join as_of

),

-- Capacity is declared for a week of five days, so a day is a fifth of it.
daily_capacity as (

    select
        date_day,
        sum(case when is_available then 1 else 0 end) as available_days,
        cast({{ product(
            'sum(case when is_available then leads_per_week else 0 end)', 2, '0.2', 1
        ) }} as decimal(28, 3)) as capacity_leads

    from seller_days
    group by date_day

),

daily_leads as (

    select
        {{ company_date('leads.mql_at') }} as mql_date,
        count(*) as qualified_leads

    from leads
    inner join as_of
        on leads.mql_at <= as_of.observed_until
    group by {{ company_date('leads.mql_at') }}

),

capacity_days as (

    select
        business_days.date_day,
        cast({{ dbt.date_trunc('week', 'business_days.date_day') }} as date) as week_start,
        business_days.is_business_day,
        cast(coalesce(daily_leads.qualified_leads, 0) as bigint) as qualified_leads,
        cast(daily_capacity.available_days as bigint) as available_days,
        daily_capacity.capacity_leads

    from business_days
    inner join bounds
        on business_days.date_day >= cast(bounds.first_day as date)
        and business_days.date_day < cast(bounds.end_day as date)
    left join daily_capacity
        on business_days.date_day = daily_capacity.date_day
    left join daily_leads
        on business_days.date_day = daily_leads.mql_date

)

select * from capacity_days
