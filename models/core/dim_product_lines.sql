-- One row per product line: those the company declared, and any other that a lead or deal names.

with

declared_lines as (

    select product_line_id, max(product_line_label) as product_line_label
    from {{ ref('product_lines') }}
    group by product_line_id

),

named_lines as (

    select product_line_id from {{ ref('stg_files__leads') }}

    union

    select product_line_id from {{ ref('stg_files__deals') }}

),

all_lines as (

    select
        coalesce(declared_lines.product_line_id, named_lines.product_line_id) as product_line_id,
        coalesce(declared_lines.product_line_label, named_lines.product_line_id)
            as product_line_label,
        declared_lines.product_line_id is not null as is_declared

    from declared_lines
    full outer join named_lines
        on declared_lines.product_line_id = named_lines.product_line_id

)

select * from all_lines
where product_line_id is not null
