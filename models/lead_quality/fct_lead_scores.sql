-- One row per lead and rule set: what it was worth by the rules of the day it was created.

with

scores as (

    select * from {{ ref('int_lead_quality__scores') }}

)

select
    lead_id,
    rule_set,
    created_date,
    rule_version,
    cast(points as decimal(28, 2)) as points,
    band,
    band_label,
    work_order,
    cast(supply_points as decimal(28, 2)) as supply_points,
    reason

from scores
