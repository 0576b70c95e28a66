-- One row per person (all for everybody), stage and age band of open deals, with the total of each
-- person (stage and band all).

with

open_deals as (

    select * from {{ ref('int_reports__open_deals') }}

),

scoped_deals as (

    {% for person in ["coalesce(person_id, 'unattributed')", "'all'"] %}
    select
        {{ person }} as person_id,
        stage,
        stage_order,
        age_band,
        age_order,
        amount

    from open_deals

    union all

    select
        {{ person }} as person_id,
        'all' as stage,
        0 as stage_order,
        'all' as age_band,
        0 as age_order,
        amount

    from open_deals
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    person_id,
    stage,
    cast(stage_order as decimal(28, 2)) as stage_order,
    age_band,
    cast(age_order as integer) as age_order,
    cast(count(*) as bigint) as open_deals,
    case when count(*) = count(amount) then cast(sum(amount) as decimal(28, 2)) end as open_amount

from scoped_deals
group by person_id, stage, stage_order, age_band, age_order
