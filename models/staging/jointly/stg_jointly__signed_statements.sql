-- One row per statement that is signed (month, payee and currency), with what the ledger says.

with

signed_statements as (

    select * from {{ source('jointly', 'signed_statements') }}

),

renamed_statements as (

    select
        cast(period_start as date) as period_start,
        payee_id,
        currency_code,
        earned_amount,
        payable_amount,
        state as period_state,
        signed_by,
        cast(signed_on as date) as signed_on,
        cast(paid_on as date) as paid_on

    from signed_statements

)

select * from renamed_statements
