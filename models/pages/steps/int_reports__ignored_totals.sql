-- One row per range, product line and person (all for either total): leads assigned in the range
-- that nobody worked in time, and the ad cost of the ignored leads created in it.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}
    where is_judged_ignored

),

leads as (

    select * from {{ ref('dim_leads') }}
    where is_ignored

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

parts as (

    select
        assigned_date as happened_on,
        product_line_id,
        person_id,
        1 as judged_leads,
        case when is_ignored then 1 else 0 end as ignored_leads,
        0 as wasted_amount

    from handovers

    union all

    select
        created_date as happened_on,
        product_line_id,
        person_id,
        0 as judged_leads,
        0 as ignored_leads,
        cost_amount as wasted_amount

    from leads

),

scoped_parts as (

    {% for line in ["coalesce(product_line_id, 'unattributed')", "'all'"] %}
    {% set outer = loop %}
    {% for person in ["coalesce(person_id, 'unattributed')", "'all'"] %}
    select
        {{ line }} as product_line_id,
        {{ person }} as person_id,
        happened_on,
        judged_leads,
        ignored_leads,
        wasted_amount

    from parts
    {% if not (loop.last and outer.last) %}
    union all
    {% endif %}
    {% endfor %}
    {% endfor %}

),

summed_parts as (

    select
        ranges.range_id,
        scoped_parts.product_line_id,
        scoped_parts.person_id,
        cast(sum(scoped_parts.judged_leads) as bigint) as judged_leads,
        cast(sum(scoped_parts.ignored_leads) as bigint) as ignored_leads,
        cast(sum(scoped_parts.wasted_amount) as decimal(28, 2)) as wasted_amount

    from scoped_parts
    inner join ranges
        on scoped_parts.happened_on >= ranges.range_start
        and scoped_parts.happened_on < ranges.range_end
    group by ranges.range_id, scoped_parts.product_line_id, scoped_parts.person_id

)

select * from summed_parts
