-- One row per range and person (all for the company) with a first response to a lead assigned in
-- the range: the median business minutes until it came. Unanswered leads are in the SLA, not here.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}
    where first_response_minutes is not null

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

scoped_handovers as (

    {% for person in ["coalesce(person_id, 'unattributed')", "'all'"] %}
    select
        {{ person }} as person_id,
        assigned_date,
        first_response_minutes

    from handovers
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    ranges.range_id,
    scoped_handovers.person_id,
    cast(median(scoped_handovers.first_response_minutes) as decimal(28, 1))
        as median_response_minutes

from scoped_handovers
inner join ranges
    on scoped_handovers.assigned_date >= ranges.range_start
    and scoped_handovers.assigned_date < ranges.counted_end
group by ranges.range_id, scoped_handovers.person_id
