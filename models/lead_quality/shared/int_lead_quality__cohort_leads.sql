-- One row per lead: how it was judged, what became of it, and whether its month may be judged yet.

with

lead_bands as (

    select * from {{ ref('int_lead_quality__lead_bands') }}

),

outcomes as (

    select * from {{ ref('int_lead_quality__outcomes') }}

),

day_maturity as (

    select * from {{ ref('int_lead_quality__day_maturity') }}

),

joined_leads as (

    select
        lead_bands.lead_id,
        lead_bands.qualification_version as rule_version,
        lead_bands.unruled_reason,
        lead_bands.is_qualified,
        coalesce(lead_bands.tier, 'untiered') as tier,
        coalesce(lead_bands.tier_label, 'Without a tier') as tier_label,
        lead_bands.tier_work_order as work_order,
        day_maturity.lead_month,
        day_maturity.is_matured,
        day_maturity.is_month_matured,
        day_maturity.month_matures_on,
        day_maturity.immature_reason,
        case
            when outcomes.lead_id is null then cast(0 as decimal(28, 2))
            else outcomes.collected_amount
        end as collected_amount

    from lead_bands
    left join outcomes
        on lead_bands.lead_id = outcomes.lead_id
    left join day_maturity
        on lead_bands.created_date = day_maturity.created_date

),

counted_unknowns as (

    select
        *,
        count(*) over (partition by lead_month) - count(collected_amount) over (
            partition by lead_month
        ) as unknown_leads

    from joined_leads

),

-- A payment without an exchange rate makes its month unknown, never zero.
cohort_leads as (

    select
        *,
        is_month_matured and unknown_leads = 0 as is_judged,
        case
            when not is_month_matured then immature_reason
            when unknown_leads > 0
                then
                    'leads paid in a currency without an exchange rate: '
                    || cast(unknown_leads as varchar)
        end as unjudged_reason

    from counted_unknowns

)

select * from cohort_leads
