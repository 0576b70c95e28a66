-- One row per refused cell, at most twenty for each reason: file, row, what was expected, what
-- came.

with

rejects as (

    select * from {{ ref('stg_jointly__rejects') }}

),

numbered_rejects as (

    select
        stream || '|' || input_name || '|' || coalesce(column_name, '') || '|' || expected
            as reject_key,
        stream,
        input_name,
        file_name,
        row_number_in_file,
        line_number,
        coalesce(column_name, 'the whole row') as column_name,
        expected,
        coalesce(got, '(empty)') as got,
        row_number() over (
            partition by stream, input_name, column_name, expected
            order by file_name desc, row_number_in_file desc
        ) as sample_number

    from rejects

)

select * from numbered_rejects
where sample_number <= 20
