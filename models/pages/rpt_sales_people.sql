-- One row per person a reader can choose on the sales page, everybody together (all) first: how
-- many leads wait for them and how many were neglected.

with

people as (

    select distinct
        results.person_id,
        results.person_id = 'all' as is_all,
        coalesce({{ person_label('people') }}, results.person_id) as person_name

    from {{ ref('int_reports__sales_results') }} as results
    left join {{ ref('dim_people') }} as people
        on results.person_id = people.person_id
    where results.person_id != 'unattributed'

),

counted_leads as (

    {% for person in ["'all'", 'person_id'] %}
    select
        {{ person }} as person_id,
        count(case when list = 'call_now' then 1 end) as call_now_leads,
        count(case when list = 'neglected' then 1 end) as neglected_leads,
        count(case when list = 'neglected' and waiting_days < 90 then 1 end)
            as neglected_90_days_leads

    from {{ ref('int_reports__unworked_leads') }}
    {% if not loop.first %}
    group by person_id
    {% else %}
    union all
    {% endif %}
    {% endfor %}

)

select
    people.person_id,
    {{ message('sales.person_choice', {'kind': 'people.person_id', 'name': 'people.person_name'}) }}
        as person_label_message,
    {% for count in ['call_now_leads', 'neglected_leads', 'neglected_90_days_leads'] %}
    cast(coalesce(counted_leads.{{ count }}, 0) as bigint) as {{ count }},
    {% endfor %}
    cast(
        row_number() over (order by people.is_all desc, people.person_name, people.person_id)
        as integer
    ) as sort_order

from people
left join counted_leads
    on people.person_id = counted_leads.person_id
