-- One row per stage a deal entered; it left the stage when it entered the next one.

with

stage_history as (

    select * from {{ ref('stg_files__deal_stage_history') }}

),

ordered_entries as (

    select
        deal_id,
        stage,
        entered_at,
        {{ company_date('entered_at') }} as entered_date,
        lead(entered_at) over (partition by deal_id order by entered_at, stage) as exited_at,
        row_number() over (partition by deal_id order by entered_at, stage) as transition_number,
        person_id

    from stage_history

)

select * from ordered_entries
