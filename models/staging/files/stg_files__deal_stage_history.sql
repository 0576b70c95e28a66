-- One row per deal, stage and moment of entering it.

with

deal_stage_history as (

    {{ current_rows('deal_stage_history') }}

),

cleaned_deal_stage_history as (

    select
        {{ clean_text('deal_id') }} as deal_id,
        lower({{ clean_text('stage') }}) as stage,
        entered_at,
        {{ clean_id('person_id') }} as person_id

    from deal_stage_history

)

select * from cleaned_deal_stage_history
