-- One row per deal in the history of a lead and thing that happened to it: opened, a stage entered,
-- won or lost, paid, refunded.

with

deal_leads as (

    select * from {{ ref('bridge_deal_histories') }}

),

lead_deals as (

    select
        deals.*,
        deal_leads.lead_id as history_lead_id,
        product_lines.product_line_label,
        deal_leads.is_own_lead

    from {{ ref('dim_deals') }} as deals
    inner join deal_leads
        on deals.deal_id = deal_leads.deal_id
    left join {{ ref('dim_product_lines') }} as product_lines
        on deals.product_line_id = product_lines.product_line_id

),

openings as (

    select
        history_lead_id as lead_id,
        created_at as occurred_at,
        'deal_opened' as event_kind,
        deal_id as event_id,
        650 as event_order,
        person_id,
        cast(null as varchar) as subject,
        {{ message('history.deal_opened', {
            'line': 'product_line_label', 'is_first': 'is_own_lead'
        }) }} as detail_message,
        cast(null as decimal(28, 2)) as amount,
        deal_id,
        client_id

    from lead_deals
    where created_at is not null

),

closings as (

    select
        history_lead_id as lead_id,
        closed_at as occurred_at,
        'deal_' || status as event_kind,
        deal_id as event_id,
        700 as event_order,
        person_id,
        cast(null as varchar) as subject,
        case
            when coalesce(lost_reason, unknown_amount_code) is not null
                then
                    {{ message('history.deal_closed', {
                        'reason': 'lost_reason', 'unknown': 'unknown_amount_code'
                    }) }}
        end as detail_message,
        booked_amount as amount,
        deal_id,
        client_id

    from lead_deals
    where status in ('won', 'lost')

),

-- The stage of the signature is left out: the closing of the deal says it with the amount.
stage_events as (

    select
        deal_leads.lead_id,
        transitions.entered_at as occurred_at,
        'deal_stage' as event_kind,
        transitions.deal_id || ':' || transitions.stage || ':'
        || cast(transitions.entered_at as varchar) as event_id,
        660 as event_order,
        transitions.person_id,
        transitions.stage_label as subject,
        case
            when transitions.phase is not null
                then {{ message('history.deal_stage', {'phase': 'transitions.phase'}) }}
        end as detail_message,
        cast(null as decimal(28, 2)) as amount,
        transitions.deal_id,
        deal_leads.client_id

    from {{ ref('fct_deal_stage_transitions') }} as transitions
    inner join deal_leads
        on transitions.deal_id = deal_leads.deal_id
    where coalesce(transitions.phase, '') != 'closed'

),

payment_events as (

    select
        deal_leads.lead_id,
        payments.paid_at as occurred_at,
        payments.kind as event_kind,
        payments.payment_id as event_id,
        case payments.kind when 'payment' then 900 else 910 end as event_order,
        payments.account_owner_person_id as person_id,
        cast(null as varchar) as subject,
        case
            when payments.collected_amount is null
                then
                    {{ message('history.no_exchange_rate', {
                        'amount': as_exact_money(
                            'payments.delivered_net_amount', 'payments.delivered_currency_code'
                        )
                    }) }}
            when payments.kind = 'refund' and payments.refund_of_payment_id is not null
                then
                    {{ message('history.refund_of', {'payment': 'payments.refund_of_payment_id'}) }}
        end as detail_message,
        payments.collected_amount as amount,
        payments.deal_id,
        deal_leads.client_id

    from {{ ref('fct_payments') }} as payments
    inner join deal_leads
        on payments.deal_id = deal_leads.deal_id

),

deal_events as (

    select * from openings

    union all

    select * from closings

    union all

    select * from stage_events

    union all

    select * from payment_events

)

select * from deal_events
