-- One row per time that files speak for, by account, and per rejected row that nothing corrects:
-- the days it may be of.

{{ config(meta={'early_cutoff': true}) }}

with

windows as (

    select * from {{ source('jointly', 'file_windows') }}

),

rejected_rows as (

    select * from {{ source('jointly', 'rejected_rows') }}

),

inputs as (

    select * from {{ source('jointly', 'inputs') }}

),

file_spans as (

    select
        file_id,
        min(first_at) as first_at,
        max(last_at) as last_at

    from windows
    group by file_id

),

-- The same days of the same account are the same, whatever file says them; rejected rows are not.
spans as (

    select distinct
        stream,
        input,
        account,
        false as is_rejected,
        cast(null as string) as row_name,
        first_at,
        last_at,
        cast(null as decimal(28, 6)) as amount,
        cast(null as string) as currency_code

    from windows

    union all

    -- A row without a day may be of any day of its file.
    select
        rejected_rows.stream,
        rejected_rows.input,
        rejected_rows.account,
        true as is_rejected,
        rejected_rows.file || ':' || cast(rejected_rows.row as string) as row_name,
        coalesce(rejected_rows.first_at, file_spans.first_at) as first_at,
        case
            when rejected_rows.first_at is null then file_spans.last_at
            else rejected_rows.last_at
        end as last_at,
        cast(rejected_rows.amount as decimal(28, 6)) as amount,
        rejected_rows.currency_code

    from rejected_rows
    left join file_spans
        on rejected_rows.file_id = file_spans.file_id

)

select
    spans.stream,
    spans.input as input_name,
    spans.account,
    inputs.is_zero_without_rows,
    coalesce(inputs.proves_days, false) as proves_days,
    spans.is_rejected,
    spans.row_name,
    {{ event_date('spans.stream', 'spans.first_at') }} as first_date,
    {{ event_date('spans.stream', 'spans.last_at') }} as last_date,
    spans.amount,
    upper(spans.currency_code) as currency_code

from spans
inner join inputs
    on spans.stream = inputs.stream
    and spans.input = inputs.input
