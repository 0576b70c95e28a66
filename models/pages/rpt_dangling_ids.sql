-- One row per id that names nothing, at most twenty for each column, the most used first; with it,
-- how many rows of the column name something that exists, and how many do not.

{%- set lists = [
    ('lead', 'lead_id', 'stg_files__leads'),
    ('deal', 'deal_id', 'stg_files__deals'),
    ('client', 'client_id', 'stg_files__deals'),
    ('payment', 'payment_id', 'stg_files__payments'),
    ('request', 'request_id', 'stg_files__internal_requests'),
    ('visitor', 'visitor_id', 'stg_files__sessions'),
    ('campaign', 'lower(campaign_id)', 'stg_files__ad_spend'),
    ('campaign', 'lower(platform_campaign_id)', 'stg_files__ad_spend'),
    ('campaign', 'lower(campaign_name)', 'stg_files__ad_spend'),
    ('person', 'person_id', 'people'),
    ('product_line', 'product_line_id', 'product_lines'),
    ('question', 'question_id', 'questions'),
] %}

with

known_ids as (

    {% for list_name, id, relation in lists %}
    select '{{ list_name }}' as list_name, {{ id }} as known_id from {{ ref(relation) }}
    {% if not loop.last %}
    union
    {% endif %}
    {% endfor %}

),

-- A list that nobody delivers or keeps is not asked.
known_lists as (

    select distinct list_name from known_ids
    where known_id is not null

),

judged_ids as (

    select
        named_ids.*,
        known_ids.known_id is not null as is_known

    from {{ ref('stg_files__named_ids') }} as named_ids
    inner join known_lists
        on named_ids.list_name = known_lists.list_name
    left join known_ids
        on named_ids.list_name = known_ids.list_name
        -- Campaigns and product lines are compared in any case, as the models do.
        and case
            when named_ids.list_name in ('campaign', 'product_line') then lower(named_ids.named_id)
            else named_ids.named_id
        end = known_ids.known_id

),

counted_links as (

    select
        stream,
        column_name,
        list_name,
        sum(row_count) as named_row_count,
        sum(case when is_known then 0 else row_count end) as dangling_row_count,
        count(case when not is_known then 1 end) as dangling_id_count

    from judged_ids
    group by stream, column_name, list_name

),

numbered_ids as (

    select
        *,
        row_number() over (
            partition by stream, column_name, list_name order by row_count desc, named_id
        ) as sample_number

    from judged_ids
    where not is_known

)

select
    counted_links.stream,
    {{ message('data_health.source', {'stream': 'counted_links.stream'}) }} as source_label_message,
    counted_links.column_name,
    counted_links.list_name,
    {{ message('data_health.list', {'list': 'counted_links.list_name'}) }} as list_label_message,
    cast(counted_links.named_row_count as bigint) as named_row_count,
    cast(counted_links.dangling_row_count as bigint) as dangling_row_count,
    cast(counted_links.dangling_id_count as bigint) as dangling_id_count,
    numbered_ids.sample_number,
    numbered_ids.named_id,
    cast(numbered_ids.row_count as bigint) as row_count

from counted_links
inner join numbered_ids
    on counted_links.stream = numbered_ids.stream
    and counted_links.column_name = numbered_ids.column_name
    and counted_links.list_name = numbered_ids.list_name
where numbered_ids.sample_number <= 20
