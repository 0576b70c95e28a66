-- One row per month, channel, campaign and landing page: what it cost, whom it brought, and what
-- became of the leads. Nothing here depends on an attribution model.

with

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

parts as (

    select
        cast({{ dbt.date_trunc('month', 'ad_spend.spend_date') }} as date) as month_start,
        ad_spend.channel_id,
        ad_spend.campaign_id,
        cast(null as varchar) as landing_page,
        ad_spend.spend_amount as spend_amount,
        0 as visits,
        0 as leads,
        0 as qualified_leads,
        0 as wasted_amount,
        0 as judged_leads,
        0 as ignored_leads

    from ad_spend

    union all

    select
        cast({{ dbt.date_trunc('month', 'sessions.started_date') }} as date) as month_start,
        sessions.channel_id,
        sessions.campaign_id,
        {{ page_path('sessions.landing_page') }} as landing_page,
        0 as spend_amount,
        1 as visits,
        0 as leads,
        0 as qualified_leads,
        0 as wasted_amount,
        0 as judged_leads,
        0 as ignored_leads

    from sessions

    union all

    select
        cast({{ dbt.date_trunc('month', 'leads.created_date') }} as date) as month_start,
        leads.channel_id,
        leads.campaign_id,
        {{ page_path('leads.landing_page') }} as landing_page,
        0 as spend_amount,
        0 as visits,
        1 as leads,
        case when leads.mql_at is not null then 1 else 0 end as qualified_leads,
        case when leads.is_ignored then leads.cost_amount else 0 end as wasted_amount,
        0 as judged_leads,
        0 as ignored_leads

    from leads

    union all

    select
        cast({{ dbt.date_trunc('month', 'handovers.assigned_date') }} as date) as month_start,
        handovers.channel_id,
        handovers.campaign_id,
        {{ page_path('leads.landing_page') }} as landing_page,
        0 as spend_amount,
        0 as visits,
        0 as leads,
        0 as qualified_leads,
        0 as wasted_amount,
        case when handovers.is_judged_ignored then 1 else 0 end as judged_leads,
        case when handovers.is_ignored then 1 else 0 end as ignored_leads

    from handovers
    left join leads
        on handovers.lead_id = leads.lead_id

)

select
    month_start,
    channel_id,
    campaign_id,
    landing_page,
    cast(sum(spend_amount) as decimal(24, 6)) as spend_amount,
    cast(sum(visits) as bigint) as visits,
    cast(sum(leads) as bigint) as leads,
    cast(sum(qualified_leads) as bigint) as qualified_leads,
    cast(sum(wasted_amount) as decimal(24, 6)) as wasted_amount,
    cast(sum(judged_leads) as bigint) as judged_leads,
    cast(sum(ignored_leads) as bigint) as ignored_leads

from parts
group by month_start, channel_id, campaign_id, landing_page
