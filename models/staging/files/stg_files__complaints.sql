-- One row per complaint or review.

with

complaints as (

    {{ current_rows('complaints') }}

),

cleaned_complaints as (

    select
        {{ clean_text('complaint_id') }} as complaint_id,
        received_at,
        {{ company_date('received_at') }} as received_date,
        kind,
        {{ clean_text('deal_id') }} as deal_id,
        {{ clean_text('lead_id') }} as lead_id,
        lower({{ clean_text('product_line') }}) as product_line_id,
        {{ clean_text('topic') }} as topic,
        {{ clean_text('promise') }} as promise,
        cast(rating as decimal(28, 2)) as rating,
        {{ clean_text('body') }} as body,
        resolved_at,
        {{ company_date('resolved_at') }} as resolved_date

    from complaints

)

select * from cleaned_complaints
