-- One row per scope the pages speak of: the company, and each product line in the order of its
-- leads.

with

product_lines as (

    select * from {{ ref('dim_product_lines') }}

),

leads as (

    select product_line_id, count(*) as lead_count
    from {{ ref('dim_leads') }}
    group by product_line_id

),

deals as (

    select product_line_id, count(*) as deal_count
    from {{ ref('dim_deals') }}
    group by product_line_id

),

-- A line that was declared or seen once but never had a lead or a deal tells nobody anything.
active_lines as (

    select
        product_lines.product_line_id,
        product_lines.product_line_label,
        coalesce(leads.lead_count, 0) + coalesce(deals.deal_count, 0) as row_count

    from product_lines
    left join leads
        on product_lines.product_line_id = leads.product_line_id
    left join deals
        on product_lines.product_line_id = deals.product_line_id
    where leads.product_line_id is not null or deals.product_line_id is not null

),

scopes as (

    select
        'company' as scope_type,
        'company' as scope_id,
        'Company' as scope_label,
        cast(0 as bigint) as scope_rank

    union all

    select
        'product_line' as scope_type,
        product_line_id as scope_id,
        product_line_label as scope_label,
        row_number() over (order by row_count desc, product_line_id asc) as scope_rank

    from active_lines

)

select * from scopes
