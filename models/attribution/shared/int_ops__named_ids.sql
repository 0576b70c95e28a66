-- One row per column that names rows of another list, and id in it: whether the list has it. A list
-- that nobody delivers or keeps is not asked.

with

named_ids as (

    select * from {{ ref('stg_files__named_ids') }}

),

known_ids as (

    select 'lead' as list_name, lead_id as known_id from {{ ref('stg_files__leads') }}

    union

    select 'deal' as list_name, deal_id as known_id from {{ ref('stg_files__deals') }}

    union

    select 'client' as list_name, client_id as known_id from {{ ref('stg_files__deals') }}

    union

    select 'payment' as list_name, payment_id as known_id from {{ ref('stg_files__payments') }}

    union

    select 'request' as list_name, request_id as known_id
    from {{ ref('stg_files__internal_requests') }}

    union

    select 'visitor' as list_name, visitor_id as known_id from {{ ref('stg_files__sessions') }}

    union

    select 'campaign' as list_name, campaign_key as known_id
    from {{ ref('int_attribution__campaign_names') }}

    union

    select 'person' as list_name, person_id as known_id from {{ ref('people') }}

    union

    select 'product_line' as list_name, product_line_id as known_id from {{ ref('product_lines') }}

    union

    select 'question' as list_name, question_id as known_id from {{ ref('questions') }}

),

known_lists as (

    select distinct list_name from known_ids
    where known_id is not null

),

judged_ids as (

    select
        named_ids.stream,
        named_ids.column_name,
        named_ids.list_name,
        named_ids.named_id,
        named_ids.row_count,
        known_ids.known_id is not null as is_known

    from named_ids
    inner join known_lists
        on named_ids.list_name = known_lists.list_name
    left join known_ids
        on named_ids.list_name = known_ids.list_name
        -- Campaigns and product lines are compared in any case, as the models do.
        and case
            when named_ids.list_name in ('campaign', 'product_line') then lower(named_ids.named_id)
            else named_ids.named_id
        end = known_ids.known_id

)

select * from judged_ids
