-- Changing the attribution model moves money between channels and changes no total. A row is a
-- range in which two models in force differ in the total they credit.

with

totals as (

    select results.*
    from {{ ref('rpt_channel_results') }} as results
    inner join {{ ref('rpt_attribution_models') }} as models
        on results.model = models.model
        and models.is_in_force
    where results.is_total

)

select range_id
from totals
group by range_id
having
    count(distinct collected_amount) > 1
    or count(distinct won_deals) > 1
    or count(distinct spend_amount) > 1
    or count(distinct leads) > 1
