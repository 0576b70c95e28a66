-- One row per broken cell or rule of a row that was not loaded.

with

rejects as (

    select * from {{ source('jointly', 'rejects') }}

),

renamed_rejects as (

    select
        stream,
        input as input_name,
        -- The folder and the file tell people which export it was; the rest is this machine's
        -- business.
        coalesce(nullif(regexp_extract(file, '([^/]+/[^/]+)$', 1), ''), file) as file_name,
        "row" as row_number_in_file,
        line as line_number,
        nullif("column", '') as column_name,
        expected,
        got,
        load_id

    from rejects

)

select * from renamed_rejects
