-- One row per person (all for everybody), stage and age band of open deals, with the total of each
-- person.

with

open_deals as (

    select * from {{ ref('int_reports__open_deals') }}

),

scoped_deals as (

    {% for person, is_total in [
        ("coalesce(person_id, 'unattributed')", false),
        ("coalesce(person_id, 'unattributed')", true),
        ("'all'", false),
        ("'all'", true),
    ] %}
    select
        {{ person }} as person_id,
        {{ is_total | lower }} as is_total,
        {{ 'cast(null as varchar)' if is_total else 'stage' }} as stage,
        {{ '0' if is_total else 'stage_order' }} as stage_order,
        {{ 'cast(null as varchar)' if is_total else 'age_band' }} as age_band,
        {{ '0' if is_total else 'age_order' }} as age_order,
        amount

    from open_deals
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    person_id,
    is_total,
    case when not is_total then {{ message('sales.stage', {'stage': 'stage'}) }} end
        as stage_message,
    cast(stage_order as decimal(28, 2)) as stage_order,
    case when not is_total then {{ message('sales.age_band', {'band': 'age_band'}) }} end
        as age_band_message,
    cast(age_order as integer) as age_order,
    cast(count(*) as bigint) as open_deals,
    case when count(*) = count(amount) then cast(sum(amount) as decimal(28, 2)) end as open_amount

from scoped_deals
group by person_id, is_total, stage, stage_order, age_band, age_order
