-- One row per range, person (all for everybody) and kind of thing owed: how many, and how they
-- stand.

with

obligations as (

    select * from {{ ref('fct_sla_obligations') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

-- An obligation counts in the period in which it began, as in the KPIs.
counted_days as (

    {% for person in ["'all'", "coalesce(person_id, 'unattributed')"] %}
    select
        {{ person }} as person_id,
        owing_department_id,
        obligation_kind,
        started_date,
        count(*) as owed,
        count(case when is_due then 1 end) as due,
        {% for status in ['met', 'late', 'breached', 'pending'] %}
        count(case when status = '{{ status }}' then 1 end) as {{ status }},
        {% endfor %}
        count(case when status is null then 1 end) as unknown

    from obligations
    group by
        {% if not loop.first %}
        coalesce(person_id, 'unattributed'),
        {% endif %}
        owing_department_id,
        obligation_kind,
        started_date
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

counts as (

    select
        ranges.range_id,
        counted_days.person_id,
        counted_days.owing_department_id,
        {% for count in ['owed', 'due', 'met', 'late', 'breached', 'pending', 'unknown'] %}
        cast(sum(counted_days.{{ count }}) as bigint) as {{ count }},
        {% endfor %}
        counted_days.obligation_kind

    from counted_days
    inner join ranges
        on counted_days.started_date >= ranges.range_start
        and counted_days.started_date < ranges.counted_end
    group by
        ranges.range_id,
        counted_days.person_id,
        counted_days.owing_department_id,
        counted_days.obligation_kind

)

select * from counts
