-- One row per payment or refund.

with

payments as (

    {{ current_rows('payments') }}

),

cleaned_payments as (

    select
        {{ clean_text('payment_id') }} as payment_id,
        {{ clean_text('deal_id') }} as deal_id,
        paid_at,
        {{ company_date('paid_at') }} as paid_date,
        kind,
        cast(net_amount as decimal(28, 2)) as net_amount,
        cast(tax_amount as decimal(28, 2)) as tax_amount,
        cast(gross_amount as decimal(28, 2)) as gross_amount,
        upper({{ clean_text('currency_code') }}) as currency_code,
        {{ clean_text('refund_of_payment_id') }} as refund_of_payment_id

    from payments

)

select * from cleaned_payments
