-- One row per link between sources: how many rows find their counterpart, counted as if every
-- source were connected, and what the rest means.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

session_leads as (

    select distinct lead_id from {{ ref('fct_touches') }}
    where session_id is not null

),

deals as (

    select * from {{ ref('dim_deals') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

-- Cost reaches leads by campaign and month.
campaign_months as (

    select distinct
        campaign_id,
        month_start,
        true as has_lead

    from {{ ref('int_leads__costs') }}

),

credit as (

    select * from {{ ref('int_reports__default_credit') }}

),

links as (

    select
        10 as sort_order,
        'Leads with a web session' as link_label,
        'leads|sessions' as streams,
        'share of leads' as measured_in,
        cast(count(session_leads.lead_id) as decimal(28, 2)) as matched,
        cast(count(*) as decimal(28, 2)) as total,
        'The rest is attributed by what the CRM recorded.' as meaning

    from leads
    left join session_leads
        on leads.lead_id = session_leads.lead_id

    union all

    select
        20, 'Leads with a channel', 'leads', 'share of leads', count(channel_id), count(*),
        'The rest stands in the row "unattributed" of every channel table.'
    from leads

    union all

    select
        30, 'Deals with a lead', 'deals|leads', 'share of deals', count(leads.lead_id), count(*),
        'The rest was opened by sales itself, or the CRM lost the link.'
    from deals
    left join leads
        on deals.lead_id = leads.lead_id

    union all

    select
        40, 'Payments with a deal', 'payments|deals', 'share of payments',
        count(case when is_deal_known then 1 end), count(*),
        'The rest is collected revenue without a product line or salesperson.'
    from payments

    union all

    select
        50, 'Won deals with a touch', 'deals', 'share of won deals',
        coalesce(sum(attributed_deals), 0), coalesce(sum(deals), 0),
        'The rest is unattributed: no contact within the look-back of the default model.'
    from credit

    union all

    select
        60, 'Collected revenue with a touch', 'payments|deals', 'share of the amount',
        attributed_amount, amount,
        case
            when amount is null then 'Not available: a payment has no exchange rate.'
            else 'The rest is unattributed; it stays in every total. A refund counts by its size.'
        end
    from credit

    union all

    select
        70, 'Ad cost that reaches leads', 'ad_spend|leads', 'share of the amount',
        case
            when count(*) = count(ad_spend.spend_amount)
                then sum(case when campaign_months.has_lead then ad_spend.spend_amount else 0 end)
        end,
        case when count(*) = count(ad_spend.spend_amount) then sum(ad_spend.spend_amount) end,
        case
            when count(*) > count(ad_spend.spend_amount)
                then 'Not available: a day of ad cost has no exchange rate.'
            else
                'The rest is cost of campaigns without a lead in the month: '
                || 'nobody came, or the campaign has another id or name in the CRM and in links.'
        end
    from ad_spend
    left join campaign_months
        on ad_spend.campaign_id = campaign_months.campaign_id
        and {{ dbt.date_trunc('month', 'ad_spend.spend_date') }} = campaign_months.month_start

)

select * from links
