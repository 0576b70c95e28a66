-- One row per person (all for everybody): leads that wait to be worked, how many are late and how
-- many were left lying.

with

unworked_leads as (

    select * from {{ ref('int_reports__unworked_leads') }}

),

people as (

    select * from {{ ref('rpt_sales_people') }}

),

scoped_leads as (

    select 'all' as person_id, waiting_state, waiting_days from unworked_leads

    union all

    select person_id, waiting_state, waiting_days from unworked_leads

)

select
    people.person_id,
    people.person_label,
    cast(count(case when scoped_leads.waiting_state = 'waiting' then 1 end) as bigint)
        as waiting_leads,
    cast(count(case when scoped_leads.waiting_state = 'overdue' then 1 end) as bigint)
        as overdue_leads,
    cast(
        count(case when scoped_leads.waiting_state in ('waiting', 'overdue') then 1 end) as bigint
    ) as call_now_leads,
    cast(count(case when scoped_leads.waiting_state = 'ignored' then 1 end) as bigint)
        as left_lying_leads,
    cast(
        count(
            case
                when
                    scoped_leads.waiting_state = 'ignored' and scoped_leads.waiting_days < 90
                    then 1
            end
        ) as bigint
    ) as left_lying_90_days_leads

from people
left join scoped_leads
    on people.person_id = scoped_leads.person_id
group by people.person_id, people.person_label
