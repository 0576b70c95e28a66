-- One row per source, export and month that is over and whose money has changed since, as
-- readers see it.

with

restatements as (

    select * from {{ ref('int_reports__restatements') }}

),

loads as (

    select * from {{ ref('stg_jointly__loads') }}

)

select
    restatements.stream,
    {{ message('restatements.source', {'stream': 'restatements.stream'}) }} as source_label_message,
    restatements.input_name,
    restatements.month_start,
    {{ period_label("'month'", 'restatements.month_start') }} as period_label,
    cast(restatements.first_amount as decimal(28, 2)) as first_amount,
    cast(restatements.current_amount as decimal(28, 2)) as current_amount,
    cast(restatements.changed_amount as decimal(28, 2)) as changed_amount,
    restatements.added_amount,
    restatements.removed_amount,
    restatements.corrected_amount,
    cast(restatements.record_count as bigint) as record_count,
    {{ company_time('loads.finished_at') }} as changed_at,
    case
        when restatements.unknown_count > 0
            then {{ message('restatements.no_rate', {'count': 'restatements.unknown_count'}) }}
    end as note_message

from restatements
left join loads
    on restatements.stream = loads.stream
    and restatements.changed_file_id between loads.first_file_id and loads.last_file_id
