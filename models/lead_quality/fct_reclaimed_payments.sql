-- One row per payment or refund of a deal that exists because an audit overturned a rejection.

with

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

    from {{ ref('stg_files__deals') }} as deals
    inner join {{ ref('int_quality__audits') }} as audits
        on deals.lead_id = audits.lead_id
        and deals.created_at > audits.audited_at
    where audits.is_judging

),

reclaimed_payments as (

    select
        payments.payment_id,
        ranked_audits.audit_id,
        ranked_audits.lead_id,
        ranked_audits.deal_id,
        payments.paid_at,
        payments.paid_date,
        payments.kind,
        payments.collected_amount,
        ranked_audits.analyst_person_id,
        people.department_id as analyst_department_id,
        ranked_audits.product_line_id,
        lead_channels.channel_id,
        lead_channels.campaign_id,
        '{{ var("company_currency") }}' as currency_code

    from ranked_audits
    inner join {{ ref('int_money__payments') }} as payments
        on ranked_audits.deal_id = payments.deal_id
        and payments.paid_at > ranked_audits.audited_at
    inner join {{ ref('dim_as_of') }} as as_of
        on payments.paid_at <= as_of.observed_until
    left join {{ ref('fct_lead_channels') }} as lead_channels
        on ranked_audits.lead_id = lead_channels.lead_id
    left join {{ ref('people') }} as people
        on ranked_audits.analyst_person_id = people.person_id
        and {{ is_in_force('people', 'payments.paid_date') }}
    where
        ranked_audits.audit_number = 1
        and ranked_audits.verdict = 'overturned'

)

select * from reclaimed_payments
