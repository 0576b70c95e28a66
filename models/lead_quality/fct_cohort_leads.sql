-- One row per lead: how it was judged, what became of it, and whether its month can be evaluated.

with

lead_bands as (

    select * from {{ ref('fct_lead_bands') }}

),

-- One payment without a rate makes the whole sum unknown.
outcomes as (

    select
        deals.lead_id,
        cast(
            case
                when count(*) = count(payments.collected_amount)
                    then sum(payments.collected_amount)
            end as decimal(28, 2)
        ) as collected_amount

    from {{ ref('stg_files__deals') }} as deals
    inner join {{ ref('int_money__payments') }} as payments
        on deals.deal_id = payments.deal_id
    where deals.lead_id is not null
    group by deals.lead_id

),

joined_leads as (

    select
        lead_bands.lead_id,
        lead_bands.rule_version,
        case when lead_bands.rule_version is null then lead_bands.qualification_reason_message end
            as unruled_reason_message,
        lead_bands.is_qualified,
        lead_bands.tier,
        lead_bands.tier_label,
        lead_bands.tier_order,
        lead_bands.persona,
        lead_bands.persona_label,
        day_maturity.lead_month,
        day_maturity.is_matured,
        day_maturity.is_month_matured,
        day_maturity.month_matures_on,
        outcomes.lead_id is not null as has_payments,
        case
            when outcomes.lead_id is null then cast(0 as decimal(28, 2))
            else outcomes.collected_amount
        end as collected_amount

    from lead_bands
    left join outcomes
        on lead_bands.lead_id = outcomes.lead_id
    left join {{ ref('int_lead_quality__day_maturity') }} as day_maturity
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
            when not is_month_matured and month_matures_on is null
                then {{ message('lead_quality.no_maturity_term') }}
            when not is_month_matured
                then {{ message('lead_quality.matures_on', {'day': as_day('month_matures_on')}) }}
            when unknown_leads > 0
                then {{ message('lead_quality.unknown_leads', {'count': 'unknown_leads'}) }}
        end as unjudged_reason_message

    from counted_unknowns

)

select * from cohort_leads
