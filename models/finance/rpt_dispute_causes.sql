-- One row per cause of disputes over pay, and all causes together: how many there are and how they
-- end.

with

disputes as (

    select
        cause,
        verdict,
        deadline < as_of.as_of_date as is_late

    from {{ ref('disputes') }}
    cross join {{ ref('dim_as_of') }} as as_of

),

scoped_disputes as (

    {% for cause in ['cause', "'all'"] %}
    select
        {{ cause }} as cause,
        verdict,
        is_late

    from disputes
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    cause,
    {{ message('pay.dispute.cause', {'cause': 'cause'}) }} as cause_text_message,
    cast(count(*) as integer) as dispute_count,
    cast(count(case when verdict is null then 1 end) as integer) as open_count,
    cast(count(case when verdict is null and is_late then 1 end) as integer) as overdue_count,
    cast(count(case when verdict in ('upheld', 'partly_upheld') then 1 end) as integer)
        as upheld_count,
    cast(count(case when verdict = 'rejected' then 1 end) as integer) as rejected_count,
    cause = 'all' as is_total

from scoped_disputes
group by cause
