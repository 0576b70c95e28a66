-- One row per complaint or review: what it is about, and which campaign had brought the client.

with

complaints as (

    select * from {{ ref('stg_files__complaints') }}

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

deal_leads as (

    select * from {{ ref('bridge_deal_histories') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- What is resolved after the data ends is still open.
observed_complaints as (

    select
        complaints.*,
        case when complaints.resolved_at <= as_of.observed_until then complaints.resolved_at end
            as settled_at,
        case when complaints.resolved_at <= as_of.observed_until then complaints.resolved_date end
            as settled_date

    from complaints
    inner join as_of
        on complaints.received_at <= as_of.observed_until

),

traced_complaints as (

    select
        observed_complaints.complaint_id,
        observed_complaints.received_at,
        observed_complaints.received_date,
        observed_complaints.kind,
        observed_complaints.topic,
        observed_complaints.promise,
        observed_complaints.rating,
        observed_complaints.body,
        observed_complaints.deal_id,
        coalesce(deal_leads.lead_id, observed_complaints.lead_id) as lead_id,
        deals.client_id,
        coalesce(
            deals.product_line_id, leads.product_line_id, observed_complaints.product_line_id
        ) as product_line_id,
        leads.channel_id,
        leads.campaign_id,
        case
            when leads.channel_id is not null then null
            when observed_complaints.deal_id is null and observed_complaints.lead_id is null
                then 'nothing_named'
            when leads.lead_id is not null then 'no_channel'
            when deals.deal_id is not null and deal_leads.lead_id is null
                then 'no_lead'
            else 'not_delivered'
        end as unknown_origin_code,
        observed_complaints.settled_at as resolved_at,
        observed_complaints.settled_date as resolved_date,
        cast({{ dbt.datediff(
            'observed_complaints.received_date', 'observed_complaints.settled_date', 'day'
        ) }} as bigint) as days_to_resolve,
        observed_complaints.settled_at is null as is_open

    from observed_complaints
    left join deals
        on observed_complaints.deal_id = deals.deal_id
    left join deal_leads
        on observed_complaints.deal_id = deal_leads.deal_id
    left join leads
        on coalesce(deal_leads.lead_id, observed_complaints.lead_id) = leads.lead_id

)

select
    *,
    case
        when unknown_origin_code is not null
            then {{ message('service.unknown_origin', {'code': 'unknown_origin_code'}) }}
    end as unknown_origin_reason_message

from traced_complaints
