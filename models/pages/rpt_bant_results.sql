-- One row per range and BANT result of the leads created in it: what became of them.

with

scores as (

    select * from {{ ref('fct_lead_scores') }}
    where rule_set = 'bant' and band is not null

),

nurture_spells as (

    select
        lead_id,
        max(case when status = 'returned' then 1 else 0 end) = 1 as has_returned

    from {{ ref('fct_nurture_spells') }}
    group by lead_id

),

lead_outcomes as (

    select * from {{ ref('int_reports__lead_outcomes') }}

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

counted_leads as (

    select
        ranges.range_id,
        scores.band,
        max(scores.band_label) as band_label,
        count(*) as leads,
        count(case when nurture_spells.lead_id is not null then 1 end) as nurtured_leads,
        count(case when nurture_spells.has_returned then 1 end) as returned_leads,
        count(case when lead_outcomes.outcome = 'won' then 1 end) as won_leads

    from scores
    inner join ranges
        on scores.created_date >= ranges.range_start
        and scores.created_date < ranges.counted_end
    left join nurture_spells
        on scores.lead_id = nurture_spells.lead_id
    left join lead_outcomes
        on scores.lead_id = lead_outcomes.lead_id
    group by ranges.range_id, scores.band

)

select
    range_id,
    band,
    {{ name_or(
        "case when band != 'incomplete' then coalesce(band_label, band) end",
        message('lead_quality.bant_incomplete')
    ) }} as band_label_message,
    cast(case band when 'passed' then 1 when 'failed' then 2 else 3 end as integer) as sort_order,
    cast(leads as bigint) as leads,
    cast(leads / sum(leads) over (partition by range_id) as decimal(28, 6)) as lead_share,
    cast(nurtured_leads as bigint) as nurtured_leads,
    cast(returned_leads as bigint) as returned_leads,
    cast(won_leads as bigint) as won_leads,
    cast(won_leads / leads as decimal(28, 6)) as won_share

from counted_leads
