-- One row per link between sources: how many rows find their counterpart. Null where a source is
-- not connected or an amount has no exchange rate.

with

leads as (

    select * from {{ ref('dim_leads') }}

),

session_leads as (

    select distinct lead_id from {{ ref('fct_touches') }}
    where session_id is not null

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

    from {{ ref('fct_lead_costs') }}

),

links as (

    select
        10 as sort_order,
        'leads_with_session' as link,
        'leads|sessions' as streams,
        cast(count(session_leads.lead_id) as decimal(28, 2)) as matched,
        cast(count(*) as decimal(28, 2)) as total

    from leads
    left join session_leads
        on leads.lead_id = session_leads.lead_id

    union all

    select 20, 'leads_with_channel', 'leads', count(channel_id), count(*)
    from leads

    union all

    select 30, 'deals_with_lead', 'deals|leads', count(leads.lead_id), count(*)
    from {{ ref('dim_deals') }} as deals
    left join leads
        on deals.lead_id = leads.lead_id

    union all

    select
        40, 'payments_with_deal', 'payments|deals',
        count(case when is_deal_known then 1 end), count(*)
    from {{ ref('fct_payments') }}

    union all

    select
        50, 'won_deals_with_touch', 'deals',
        count(distinct case when touch_id is not null then deal_id end), count(distinct deal_id)
    from {{ ref('fct_credited_deals') }}
    where status = 'won' and attribution_model = 'default'

    union all

    -- A refund counts by its size: netted, the refund of a payment nobody knows would let more be
    -- found than there is. One payment without a rate makes both sums unknown.
    select
        60, 'revenue_with_touch', 'payments|deals',
        case
            when count(*) = count(credited_amount)
                then coalesce(sum(case when touch_id is not null then abs(credited_amount) end), 0)
        end,
        case
            when count(*) = count(credited_amount) then coalesce(sum(abs(credited_amount)), 0)
        end
    from {{ ref('fct_credited_payments') }}
    where attribution_model = 'default'

    union all

    select
        70, 'spend_with_leads', 'ad_spend|leads',
        case
            when count(*) > count(ad_spend.spend_amount) then null
            else
                coalesce(sum(case when campaign_months.has_lead then ad_spend.spend_amount end), 0)
        end,
        case
            when count(*) = count(ad_spend.spend_amount)
                then coalesce(sum(ad_spend.spend_amount), 0)
        end
    from ad_spend
    left join campaign_months
        on ad_spend.campaign_id = campaign_months.campaign_id
        and {{ dbt.date_trunc('month', 'ad_spend.spend_date') }} = campaign_months.month_start

),

missing_streams as (

    select
        links.link,
        min(streams.stream) as missing_stream

    from links
    inner join {{ ref('dim_streams') }} as streams
        on '|' || links.streams || '|' like '%|' || streams.stream || '|%'
    where not streams.is_connected
    group by links.link

)

select
    links.sort_order,
    links.link,
    {{ message('data_health.link', {'link': 'links.link'}) }} as link_label_message,
    case when missing_streams.link is null then links.matched end as matched,
    case when missing_streams.link is null then links.total end as total,
    case
        when missing_streams.link is null and links.total != 0
            then cast(links.matched / links.total as decimal(28, 6))
    end as match_rate,
    case
        when missing_streams.link is not null
            then {{ message('data_health.link_lacks_source', {'source': as_message(
                message('data_health.source', {'stream': 'missing_streams.missing_stream'})
            )}) }}
        when links.total is null then {{ message('data_health.link_lacks_rate') }}
        else {{ message('data_health.unmatched', {'link': 'links.link'}) }}
    end as meaning_message

from links
left join missing_streams
    on links.link = missing_streams.link
