-- One row per column of a stream that names a row of another list, and id that it names.

with

named_leads as (

    select * from {{ ref('stg_files__deal_leads') }}

),

clock_pauses as (

    {{ current_rows('clock_pauses') }}

),

named_ids as (

    {% for stream, column, list in foreign_ids() if (stream, column) not in [
        ('deals', 'lead_id'), ('clock_pauses', 'record_id')
    ] %}
    select
        '{{ stream }}' as stream,
        '{{ column }}' as column_name,
        '{{ list }}' as list_name,
        {{ clean_tag(column) if list == 'campaign' else clean_text(column) }} as named_id

    from ({{ current_rows(stream) }}) as current_rows

    union all

    {% endfor %}
    select
        'deals' as stream,
        'lead_id' as column_name,
        'lead' as list_name,
        lead_id as named_id

    from named_leads

    union all

    -- A pause is of a lead or of a request.
    select
        'clock_pauses' as stream,
        'record_id' as column_name,
        record_type as list_name,
        {{ clean_text('record_id') }} as named_id

    from clock_pauses

)

select
    stream,
    column_name,
    list_name,
    named_id,
    count(*) as row_count

from named_ids
where named_id is not null
group by stream, column_name, list_name, named_id
