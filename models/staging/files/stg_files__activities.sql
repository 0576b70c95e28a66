-- One row per activity.

with

activities as (

    {{ current_rows('activities') }}

),

cleaned_activities as (

    select
        {{ clean_text('activity_id') }} as activity_id,
        {{ clean_text('lead_id') }} as lead_id,
        {{ clean_text('deal_id') }} as deal_id,
        {{ clean_id('person_id') }} as person_id,
        lower({{ clean_text('activity_type') }}) as activity_type,
        direction,
        coalesce(is_automated, false) as is_automated,
        occurred_at

    from activities

)

select * from cleaned_activities
