-- One row per range, attribution model and member of a scope (all, channel, campaign, landing
-- page): what it cost, whom it brought, what was won and collected; ratios divided once, null where
-- unknown.

with

totals as (

    select * from {{ ref('int_reports__sourcing_totals') }}

),

known_kpis as (

    select * from {{ ref('int_reports__known_kpis') }}

),

days_to_close as (

    select * from {{ ref('int_reports__days_to_close') }}

),

known_totals as (

    select
        totals.range_id,
        totals.model,
        totals.scope_type,
        totals.channel_id,
        totals.campaign_id,
        totals.landing_page,
        case when known_kpis.knows_spend then totals.spend_amount end as spend_amount,
        case when known_kpis.knows_visits then totals.visits end as visits,
        case when known_kpis.knows_leads then totals.leads end as leads,
        case when known_kpis.knows_mqls then totals.qualified_leads end as qualified_leads,
        case when known_kpis.knows_ignored_lead_rate then totals.judged_leads end as judged_leads,
        case when known_kpis.knows_ignored_lead_rate then totals.ignored_leads end
            as ignored_leads,
        case when known_kpis.knows_wasted_spend then totals.wasted_amount end as wasted_amount,
        case when known_kpis.knows_won_deals then totals.won_deals end as won_deals,
        case when known_kpis.knows_win_rate_count then totals.closed_deals end as closed_deals,
        case when known_kpis.knows_collected_revenue then totals.collected_amount end
            as collected_amount

    from totals
    inner join known_kpis
        on totals.range_id = known_kpis.range_id

),

-- What costs nothing has no cost per lead: zero would read as the cheapest of all.
priced_totals as (

    select
        *,
        nullif(spend_amount, 0) as paid_amount

    from known_totals

)

select
    priced_totals.*,
    {{ exact_ratio('priced_totals.qualified_leads', 'priced_totals.leads') }} as qualified_share,
    {{ exact_ratio(
        'priced_totals.judged_leads - priced_totals.ignored_leads', 'priced_totals.judged_leads'
    ) }} as worked_share,
    {{ exact_ratio('priced_totals.won_deals', 'priced_totals.closed_deals') }} as win_rate,
    {{ exact_ratio('priced_totals.paid_amount', 'priced_totals.won_deals') }} as cost_per_won,
    {{ exact_ratio('priced_totals.paid_amount', 'priced_totals.leads') }} as cost_per_lead,
    {{ exact_ratio('priced_totals.collected_amount', 'priced_totals.paid_amount') }} as roas,
    days_to_close.median_days_to_close

from priced_totals
left join days_to_close
    on priced_totals.range_id = days_to_close.range_id
    and priced_totals.model = days_to_close.model
    and priced_totals.scope_type = days_to_close.scope_type
    and priced_totals.channel_id = days_to_close.channel_id
    and priced_totals.campaign_id = days_to_close.campaign_id
    and priced_totals.landing_page = days_to_close.landing_page
