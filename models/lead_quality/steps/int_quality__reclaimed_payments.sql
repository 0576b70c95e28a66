-- One row per payment or refund of a deal that exists because an audit overturned a rejection.

with

audits as (

    select * from {{ ref('int_quality__audits') }}
    where is_judging

),

deals as (

    select * from {{ ref('stg_files__deals') }}

),

payments as (

    select * from {{ ref('int_money__payments') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

-- The last audit before the deal was opened speaks for it: an overturned rejection followed by an
-- upheld one earned nothing.
ranked_audits as (

    select
        deals.deal_id,
        deals.lead_id,
        deals.product_line_id,
        audits.audit_id,
        audits.audited_at,
        audits.analyst_person_id,
        audits.verdict,
        row_number() over (
            partition by deals.deal_id
            order by audits.audited_at desc, audits.audit_id desc
        ) as audit_number

    from deals
    inner join audits
        on deals.lead_id = audits.lead_id
        and deals.created_at > audits.audited_at

),

reclaimed_payments as (

    select
        payments.payment_id,
        ranked_audits.audit_id,
        ranked_audits.lead_id,
        ranked_audits.deal_id,
        ranked_audits.product_line_id,
        ranked_audits.analyst_person_id,
        payments.paid_at,
        payments.paid_date,
        payments.kind,
        payments.collected_amount

    from ranked_audits
    inner join payments
        on ranked_audits.deal_id = payments.deal_id
        and payments.paid_at > ranked_audits.audited_at
    inner join as_of
        on payments.paid_at <= as_of.observed_until
    where
        ranked_audits.audit_number = 1
        and ranked_audits.verdict = 'overturned'

)

select * from reclaimed_payments
