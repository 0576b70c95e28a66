-- One row per stream with records that count nowhere any more: deleted or taken in by another one,
-- but still in its table, or gone from it because an export that holds everything lacks them.

with

removed_rows as (

    {% for stream in deletable_streams() %}
    {%- set own = mergeable_streams().get(stream) %}
    select
        '{{ stream }}' as stream,
        count(*) as row_count

    from {{ source('files', stream) }} as raw_rows
    {% if own %}
    left join {{ ref('stg_files__merges') }} as merges
        on {{ clean_text('raw_rows.' ~ own ~ '_id') }} = merges.record_id
        and merges.record_type = '{{ own }}'
    {% endif %}
    -- A record may be both: merging deletes in some systems.
    where raw_rows.is_deleted{% if own %} or merges.record_id is not null{% endif %}

    union all

    {% endfor %}
    {% for stream, key in keyed_streams().items() %}
    -- Gone twice, it is one; come back, it is none.
    select
        '{{ stream }}' as stream,
        count(*) as row_count

    from (
        select distinct {{ key | join(', ') }} from {{ source('history', stream) }}
        where _is_gone
    ) as gone_rows
    left join {{ source('files', stream) }} as raw_rows
        {% for column in key %}
        {{ 'on' if loop.first else 'and' }} gone_rows.{{ column }} = raw_rows.{{ column }}
        {% endfor %}
    where raw_rows.{{ key[0] }} is null

    {% if not loop.last %}
    union all

    {% endif %}
    {% endfor %}
)

select
    stream,
    sum(row_count) as row_count

from removed_rows
group by stream
having sum(row_count) > 0
