-- One row per reason why rows were refused: how many, and the rows to look at first.

with

rejects as (

    select * from {{ ref('stg_jointly__rejects') }}

),

grouped_rejects as (

    select
        stream,
        input_name,
        column_name,
        expected,
        count(*) as reject_count,
        count(distinct file_name) as file_count

    from rejects
    group by stream, input_name, column_name, expected

),

described_rejects as (

    select
        stream || '|' || input_name || '|' || coalesce(column_name, '') || '|' || expected
            as reject_key,
        stream,
        input_name,
        coalesce(column_name, 'the whole row') as column_name,
        expected,
        reject_count,
        file_count

    from grouped_rejects

)

select * from described_rejects
