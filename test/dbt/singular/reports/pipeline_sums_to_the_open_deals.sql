-- Stages and ages of the pipeline add up to all open deals. A row is a person whose do not.

with

pipeline as (

    select * from {{ ref('rpt_pipeline') }}

),

person_sums as (

    select
        person_id,
        sum(case when stage = 'all' then open_deals end) as all_deals,
        sum(case when stage != 'all' then open_deals end) as staged_deals,
        sum(case when stage = 'all' then open_amount end) as all_amount,
        sum(case when stage != 'all' then open_amount end) as staged_amount

    from pipeline
    group by person_id

),

open_deals as (

    select count(*) as open_deals from {{ ref('dim_deals') }}
    where status = 'open'

)

select person_sums.person_id
from person_sums
cross join open_deals
where
    person_sums.all_deals != person_sums.staged_deals
    or person_sums.all_amount != person_sums.staged_amount
    or (person_sums.person_id = 'all' and person_sums.all_deals != open_deals.open_deals)
