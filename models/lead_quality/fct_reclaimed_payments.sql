-- One row per payment or refund that counts as reclaimed by an audit.

with

reclaimed_payments as (

    select * from {{ ref('int_quality__reclaimed_payments') }}

),

lead_channels as (

    select * from {{ ref('int_attribution__lead_channels') }}

),

people as (

    select * from {{ ref('people') }}

),

described_payments as (

    select
        reclaimed_payments.payment_id,
        reclaimed_payments.audit_id,
        reclaimed_payments.lead_id,
        reclaimed_payments.deal_id,
        reclaimed_payments.paid_at,
        reclaimed_payments.paid_date,
        reclaimed_payments.kind,
        reclaimed_payments.collected_amount,
        reclaimed_payments.analyst_person_id,
        people.department_id as analyst_department_id,
        reclaimed_payments.product_line_id,
        lead_channels.channel_id,
        lead_channels.campaign_id,
        '{{ var("company_currency") }}' as currency_code

    from reclaimed_payments
    left join lead_channels
        on reclaimed_payments.lead_id = lead_channels.lead_id
    left join people
        on reclaimed_payments.analyst_person_id = people.person_id
        and {{ is_in_force('people', 'reclaimed_payments.paid_date') }}

)

select * from described_payments
