-- Stages and ages of the pipeline add up to all of it, and with the deals after signing to all
-- that are open or won. A row is a person whose do not.

with

pipeline as (

    select * from {{ ref('rpt_pipeline') }}

),

person_sums as (

    select
        person_id,
        sum(case when is_total then open_deals end) as all_deals,
        sum(case when not is_total then open_deals end) as staged_deals,
        sum(case when is_total then open_amount end) as all_amount,
        sum(case when not is_total then open_amount end) as staged_amount

    from pipeline
    group by person_id

),

signed_deals as (

    select coalesce(sum(deals), 0) as signed_deals from {{ ref('rpt_after_sale') }}
    where person_id = 'all'

),

known_deals as (

    select count(*) as known_deals from {{ ref('dim_deals') }}
    where status in ('open', 'won')

)

select person_sums.person_id
from person_sums
cross join signed_deals
cross join known_deals
where
    person_sums.all_deals != person_sums.staged_deals
    or person_sums.all_amount != person_sums.staged_amount
    or (
        person_sums.person_id = 'all'
        and person_sums.all_deals + signed_deals.signed_deals != known_deals.known_deals
    )
