-- One row per deal.

with

deals as (

    {{ current_rows('deals') }}

),

deal_leads as (

    select * from {{ ref('stg_files__deal_leads') }}
    where is_lead_known

),

cleaned_deals as (

    select
        {{ clean_text('deal_id') }} as deal_id,
        {{ clean_id('client_id') }} as client_id,
        {{ clean_id('person_id') }} as person_id,
        lower({{ clean_text('product_line') }}) as product_line_id,
        cast(amount as decimal(28, 2)) as amount,
        cast(margin_amount as decimal(28, 2)) as margin_amount,
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

),

numbered_leads as (

    select
        deal_id,
        lead_id,
        row_number() over (partition by deal_id order by lead_number) as known_number

    from deal_leads

),

-- A deal grew from a lead when that lead exists: of several contacts, from the first that does.
known_deals as (

    select
        cleaned_deals.*,
        numbered_leads.lead_id

    from cleaned_deals
    left join numbered_leads
        on cleaned_deals.deal_id = numbered_leads.deal_id
        and numbered_leads.known_number = 1

)

select * from known_deals
