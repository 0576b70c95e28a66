-- One row per version of an amount that counts or once did: what was spent on a campaign and day,
-- paid or signed, and from which file of a load until which. The version that counts has no end.

{% set amounts = {
    'ad_spend': {
        'id': "concat_ws('|', platform, account_id, campaign_id, spend_date)",
        'day': 'spend_date', 'amount': 'spend_amount', 'counts': 'true',
    },
    'payments': {
        'id': clean_text('payment_id'),
        'day': company_date('paid_at'), 'amount': 'net_amount', 'counts': 'is_deleted is not true',
    },
    'deals': {
        'id': clean_text('deal_id'),
        'day': company_date('closed_at'), 'amount': 'amount',
        'counts': "status = 'won' and is_deleted is not true",
    },
} %}

with

files as (

    select
        file_id,
        input

    from {{ source('jointly', 'files') }}

),

versions as (

    {% for stream, rule in amounts.items() %}
    {% for origin in ['files', 'history'] %}
    select
        '{{ stream }}' as stream,
        {{ rule.id }} as record_id,
        {{ rule.day }} as version_date,
        cast({{ rule.amount }} as decimal(28, 6)) as amount,
        upper({{ clean_text('currency_code') }}) as currency_code,
        _file_id as from_file_id,
        {{ '_ended_file_id' if origin == 'history' else 'cast(null as integer)' }} as until_file_id

    from {{ source(origin, stream) }}
    where {{ rule.counts }}
    {% if not loop.last %}
    union all

    {% endif %}
    {% endfor %}
    {% if not loop.last %}
    union all

    {% endif %}
    {% endfor %}

),

-- A deal ends, too, where something first said that another one took it in.
said_merges as (

    {% for origin in ['files', 'history'] %}
    select
        {{ clean_text('deal_id') }} as record_id,
        _file_id

    from {{ source(origin, 'deals') }}
    where merged_into is not null

    union all

    select
        item as record_id,
        _file_id

    from (
        {{ split_list(source(origin, 'deals'), '_file_id', 'merged_ids') }}
    ) as listed_ids

    union all

    select
        {{ clean_text('merged_id') }} as record_id,
        _file_id

    from {{ source(origin, 'merges') }}
    where record_type = 'deal'
    {% if not loop.last %}
    union all

    {% endif %}
    {% endfor %}

),

merged_deals as (

    select
        merges.record_id,
        min(said_merges._file_id) as merged_file_id

    from said_merges
    inner join {{ ref('stg_files__merges') }} as merges
        on said_merges.record_id = merges.record_id
    where merges.record_type = 'deal'
    group by merges.record_id

),

counted_versions as (

    select
        versions.stream,
        files.input as input_name,
        versions.record_id,
        versions.version_date,
        versions.amount,
        coalesce(versions.currency_code, '{{ var("company_currency") }}') as currency_code,
        versions.from_file_id,
        coalesce(least(versions.until_file_id, merged_deals.merged_file_id),
            versions.until_file_id, merged_deals.merged_file_id) as until_file_id

    from versions
    inner join files
        on versions.from_file_id = files.file_id
    left join merged_deals
        on versions.record_id = merged_deals.record_id
        and versions.stream = 'deals'
    where
        merged_deals.merged_file_id is null
        or versions.from_file_id < merged_deals.merged_file_id

)

select * from counted_versions
