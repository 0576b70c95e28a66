-- One row per record that another one took in: the record that is left of both. Who took in whom is
-- followed to the end. It counts when what is left was delivered: nothing vanishes into a
-- record nobody has.

with recursive

-- The one that was taken in says so, or the one that is left, or a log.
said_merges as (

    select
        record_type,
        {{ clean_text('merged_id') }} as record_id,
        {{ clean_id('survivor_id') }} as survivor_id,
        merged_at as updated_at

    from {{ source('files', 'merges') }}

    union all

    {% for stream, record_type in mergeable_streams().items() %}
    {%- set id = record_type ~ '_id' %}
    {% if not loop.first %}
    union all

    {% endif %}
    select
        '{{ record_type }}' as record_type,
        {{ clean_text(id) }} as record_id,
        {{ clean_id('merged_into') }} as survivor_id,
        updated_at

    from {{ source('files', stream) }}

    union all

    select
        record_type,
        item as record_id,
        survivor_id,
        updated_at

    from (
        {{ split_list(
            source('files', stream),
            "'" ~ record_type ~ "' as record_type, " ~ clean_text(id) ~ ' as survivor_id, updated_at',
            'merged_ids'
        ) }}
    ) as listed_ids
    {% endfor %}

),

records as (

    {% for stream, record_type in mergeable_streams().items() %}
    select
        '{{ record_type }}' as record_type,
        {{ clean_text(record_type ~ '_id') }} as record_id

    from {{ source('files', stream) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

-- Of two that claim to have taken in the same record, the one that was changed last did.
numbered_merges as (

    select
        said_merges.record_type,
        said_merges.record_id,
        said_merges.survivor_id,
        row_number() over (
            partition by said_merges.record_type, said_merges.record_id
            order by said_merges.updated_at desc nulls last, said_merges.survivor_id
        ) as merge_number

    from said_merges
    left join records
        on said_merges.record_type = records.record_type
        and said_merges.survivor_id = records.record_id
    where
        said_merges.record_id != '' and said_merges.record_id != said_merges.survivor_id
        -- A client is nothing but the name that deals have for it, so none can vanish.
        and (said_merges.record_type = 'client' or records.record_id is not null)

),

merges as (

    select record_type, record_id, survivor_id
    from numbered_merges
    where merge_number = 1

),

followed_merges as (

    select
        record_type,
        record_id,
        survivor_id,
        1 as step_number

    from merges

    union all

    -- Records that took in each other are two: a hundred steps end the search.
    select
        followed_merges.record_type,
        followed_merges.record_id,
        merges.survivor_id,
        followed_merges.step_number + 1

    from followed_merges
    inner join merges
        on followed_merges.record_type = merges.record_type
        and followed_merges.survivor_id = merges.record_id
    where followed_merges.step_number < 100

)

select
    followed_merges.record_type,
    followed_merges.record_id,
    followed_merges.survivor_id

from followed_merges
left join merges
    on followed_merges.record_type = merges.record_type
    and followed_merges.survivor_id = merges.record_id
where merges.record_id is null
