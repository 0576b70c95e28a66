-- One row per tier and lead month, and one per tier: what its leads brought against all leads.

with

counted_tiers as (

    select
        coalesce(tier, 'untiered') as tier,
        max(tier_label) as tier_label,
        min(tier_order) as work_order,
        case when grouping(lead_month) = 1 then 'all' else 'month' end as period_type,
        lead_month,
        count(*) as leads,
        {{ count_where('is_matured') }} as matured_leads,
        {{ count_judged('true') }} as judged_leads,
        {{ count_judged('collected_amount > 0') }} as collected_leads,
        sum(case when is_judged then collected_amount end) as collected_amount,
        min(month_matures_on) as matures_on,
        min(unjudged_reason_message) as unjudged_reason_message

    from {{ ref('fct_cohort_leads') }}
    group by rollup(tier, lead_month)
    having grouping(tier) = 0

),

compared_tiers as (

    select
        *,
        max(case when tier != 'untiered' then 1 else 0 end) over (
            partition by period_type, lead_month
        ) = 1 as has_tiers,
        sum(judged_leads) over (partition by period_type, lead_month) as all_leads,
        sum(collected_amount) over (partition by period_type, lead_month) as all_amount

    from counted_tiers

),

rated_tiers as (

    select
        tier || coalesce(':' || cast(lead_month as varchar), '') as result_id,
        tier,
        tier_label,
        work_order,
        period_type,
        lead_month,
        leads,
        matured_leads,
        judged_leads,
        collected_leads,
        cast(collected_amount as decimal(28, 2)) as collected_amount,
        {{ round_to_cents('collected_amount', 'judged_leads') }} as collected_per_lead_amount,
        cast(all_leads as bigint) as all_leads,
        cast(all_amount as decimal(28, 2)) as all_collected_amount,
        {{ round_to_cents('all_amount', 'all_leads') }} as all_collected_per_lead_amount,
        case
            when all_amount > 0 and has_tiers
                then cast(
                    {{ product('collected_amount', 2, 'all_leads', 0) }}
                    / {{ product('all_amount', 2, 'judged_leads', 0) }} as decimal(28, 10)
                )
        end as uplift,
        judged_leads is not null as is_judged,
        matures_on,
        case
            when judged_leads is null then unjudged_reason_message
            when not has_tiers then {{ message('lead_quality.no_tiers') }}
            when all_amount <= 0 then {{ message('lead_quality.nothing_collected') }}
        end as reason_message

    from compared_tiers

)

select * from rated_tiers
