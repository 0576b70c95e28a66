-- One row per salesperson with a declared capacity and day: whether the person works that day.

with

sales_capacity as (

    select * from {{ ref('sales_capacity') }}

),

people as (

    select * from {{ ref('people') }}
    where department_id = 'sales'

),

absences as (

    select * from {{ ref('absences') }}

),

business_days as (

    select * from {{ ref('dim_business_days') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

seller_days as (

    select
        business_days.date_day,
        sales_capacity.person_id,
        sales_capacity.leads_per_week,
        business_days.is_business_day
        and not exists (
            select 1 from absences
            where
                absences.person_id = sales_capacity.person_id
                and business_days.date_day >= absences.absent_from
                and business_days.date_day <= absences.absent_to
        ) as is_available

    from business_days
    inner join sales_capacity
        on {{ is_in_force('sales_capacity', 'business_days.date_day') }}
    inner join people
        on sales_capacity.person_id = people.person_id
        and {{ is_in_force('people', 'business_days.date_day') }}
    inner join as_of
        on business_days.date_day < {{ dbt.dateadd('day', 7, 'as_of.as_of_date') }}

)

select * from seller_days
