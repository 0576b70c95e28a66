-- One row per payment and touch of the default attribution model. A payment whose deal is not known
-- keeps one row without a channel, so that the parts sum to all the money that came in.

with

payments as (

    select * from {{ ref('fct_payments') }}

),

payment_credit as (

    select * from {{ ref('int_attribution__payment_credit') }}

),

default_models as (

    select * from {{ ref('attribution_models') }}
    where is_default

),

conversions as (

    select * from {{ ref('int_attribution__conversions') }}

),

-- The model that was the default when the deal came about.
default_credit as (

    select payment_credit.*
    from payment_credit
    inner join conversions
        on payment_credit.deal_id = conversions.deal_id
    inner join default_models
        on payment_credit.model = default_models.model
        and {{ is_in_force('default_models', 'conversions.rule_date') }}

),

credited_payments as (

    select
        payments.payment_id,
        default_credit.touch_id,
        payments.paid_date,
        default_credit.channel_id,
        default_credit.campaign_id,
        payments.product_line_id,
        payments.person_id,
        case
            when payments.lead_id is not null then 'marketing'
            when payments.is_deal_known then 'sales'
        end as sourcing_department_id,
        case
            when default_credit.payment_id is null then payments.collected_amount
            else default_credit.credited_amount
        end as credited_amount

    from payments
    left join default_credit
        on payments.payment_id = default_credit.payment_id

)

select * from credited_payments
