-- A rule of service names only people who exist, and what is owed in a month can be added up. One
-- row per misfit.

with

people as (select * from {{ ref('people') }}),

sales_capacity as (select * from {{ ref('sales_capacity') }}),

absences as (select * from {{ ref('absences') }}),

supply_months as (select * from {{ ref('int_service__supply_months') }})

select
    'capacity of somebody who is not in sales' as misfit,
    person_id as rule_key

from sales_capacity
where person_id not in (select person_id from people where department_id = 'sales')

union all

select
    'absence of an unknown person' as misfit,
    person_id as rule_key

from absences
where person_id not in (select person_id from people)

union all

select
    'absence that ends before it begins' as misfit,
    person_id as rule_key

from absences
where absent_to < absent_from

union all

select
    'SQLs and points owed in one month' as misfit,
    cast(month_start as varchar) as rule_key

from supply_months
group by month_start
having count(distinct measure) > 1

union all

select
    'one product line and all of them owed in one month' as misfit,
    cast(month_start as varchar) as rule_key

from supply_months
group by month_start
having count(*) > count(product_line_id) and count(product_line_id) > 0
