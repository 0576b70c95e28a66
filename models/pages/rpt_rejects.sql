-- One row per rejected cell, at most twenty for each reason, the latest first; with it, how many
-- cells and files the reason is about.

with

rejects as (

    select * from {{ ref('stg_jointly__rejects') }}

),

-- A rule about a whole row names no column.
named_rejects as (

    select
        *,
        stream || '|' || input_name || '|' || coalesce(column_name, '') || '|' || expected
            as reject_key

    from rejects

),

counted_reasons as (

    select
        reject_key,
        count(*) as reject_count,
        count(distinct file_name) as file_count

    from named_rejects
    group by reject_key

),

numbered_rejects as (

    select
        *,
        row_number() over (
            partition by reject_key order by file_name desc, row_number_in_file desc
        ) as sample_number

    from named_rejects

)

select
    numbered_rejects.reject_key,
    numbered_rejects.stream,
    numbered_rejects.input_name,
    {{ message('data_health.rejected_column', {'column': 'numbered_rejects.column_name'}) }}
        as column_label_message,
    numbered_rejects.expected,
    counted_reasons.reject_count,
    counted_reasons.file_count,
    numbered_rejects.sample_number,
    numbered_rejects.file_name,
    numbered_rejects.row_number_in_file,
    numbered_rejects.line_number,
    numbered_rejects.got

from numbered_rejects
inner join counted_reasons
    on numbered_rejects.reject_key = counted_reasons.reject_key
where numbered_rejects.sample_number <= 20
