-- One row per deal.

with

deals as (

    select * from {{ source('files', 'deals') }}

),

cleaned_deals as (

    select
        {{ clean_text('deal_id') }} as deal_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('client_id') }} as client_id,
        {{ clean_text('person_id') }} as person_id,
        lower({{ clean_text('product_line') }}) as product_line_id,
        cast(amount as decimal(28, 2)) as amount,
        coalesce(upper({{ clean_text('currency_code') }}), '{{ var("company_currency") }}')
            as currency_code,
        status,
        lower({{ clean_text('stage') }}) as stage,
        origin,
        {{ clean_text('lost_reason') }} as lost_reason,
        disputed_side,
        {{ clean_text('dispute_note') }} as dispute_note,
        created_at,
        {{ company_date('created_at') }} as created_date,
        -- Of a deal that is open a CRM gives the day on which it may close: a plan, no fact.
        case when status in ('won', 'lost') then closed_at end as closed_at,
        case when status in ('won', 'lost') then {{ company_date('closed_at') }} end
            as closed_date,
        updated_at

    from deals

)

select * from cleaned_deals
