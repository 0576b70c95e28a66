-- One row per stage a deal entered; it left the stage when it entered the next one. Stages after
-- the signature belong to it: what advertising promised is followed to the end.

with

stage_history as (

    select * from {{ ref('stg_files__deal_stage_history') }}

),

pipeline_stages as (

    select * from {{ ref('pipeline_stages') }}

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
    where {{ has_come(company_date('entered_at')) }}

),

labelled_entries as (

    select
        ordered_entries.deal_id,
        ordered_entries.stage,
        ordered_entries.entered_at,
        ordered_entries.entered_date,
        ordered_entries.exited_at,
        ordered_entries.transition_number,
        ordered_entries.person_id,
        coalesce(pipeline_stages.stage_label, ordered_entries.stage) as stage_label,
        pipeline_stages.phase,
        pipeline_stages.stage_order,
        case
            when pipeline_stages.stage is null
                then 'the stage is not among the declared stages of the pipeline'
        end as unknown_phase_reason

    from ordered_entries
    left join pipeline_stages
        on ordered_entries.stage = lower(trim(pipeline_stages.stage))

)

select * from labelled_entries
