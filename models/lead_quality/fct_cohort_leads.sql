-- One row per lead: how it was judged, what became of it, and whether its month can be evaluated.

with

lead_bands as (

    select
        *,
        {{ month_of('created_date') }} as lead_month,
        cast({{ dbt.last_day('created_date', 'month') }} as date) as last_date

    from {{ ref('fct_lead_bands') }}
    where {{ has_come('created_date') }}

),

quality_terms as (

    select * from {{ ref('quality_terms') }}
    where term = 'matured_after'

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
    where deals.lead_id is not null and {{ has_come('payments.paid_date') }}
    group by deals.lead_id

),

-- The youngest lead decides: a month half of whose deals are still in work looks worse than it is.
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
        lead_bands.lead_month,
        cast({{ dbt.dateadd('day', 'day_terms.days', 'lead_bands.created_date') }} as date)
            as matures_on,
        cast({{ dbt.dateadd('day', 'month_terms.days', 'lead_bands.last_date') }} as date)
            as month_matures_on,
        as_of.as_of_date,
        outcomes.lead_id is not null as has_payments,
        case
            when outcomes.lead_id is null then cast(0 as decimal(28, 2))
            else outcomes.collected_amount
        end as collected_amount

    from lead_bands
    left join outcomes
        on lead_bands.lead_id = outcomes.lead_id
    left join quality_terms as day_terms
        on {{ is_in_force('day_terms', 'lead_bands.created_date') }}
    left join quality_terms as month_terms
        on {{ is_in_force('month_terms', 'lead_bands.last_date') }}
    cross join {{ ref('dim_as_of') }} as as_of

),

counted_unknowns as (

    select
        *,
        coalesce(matures_on <= as_of_date, false) as is_matured,
        coalesce(month_matures_on <= as_of_date, false) as is_month_matured,
        count(*) over (partition by lead_month) - count(collected_amount) over (
            partition by lead_month
        ) as unknown_leads

    from joined_leads

),

-- A payment without an exchange rate makes its month unknown, never zero.
cohort_leads as (

    select
        lead_id,
        rule_version,
        unruled_reason_message,
        is_qualified,
        tier,
        tier_label,
        tier_order,
        persona,
        persona_label,
        lead_month,
        is_matured,
        is_month_matured,
        month_matures_on,
        has_payments,
        collected_amount,
        unknown_leads,
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
