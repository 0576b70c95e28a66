-- One row per request.

with

internal_requests as (

    {{ current_rows('internal_requests') }}

),

cleaned_internal_requests as (

    select
        {{ clean_text('request_id') }} as request_id,
        lower({{ clean_text('request_kind') }}) as request_kind,
        from_department as from_department_id,
        to_department as to_department_id,
        {{ clean_text('subject') }} as subject,
        {{ clean_text('requested_by') }} as requested_by,
        {{ clean_id('person_id') }} as person_id,
        requested_at,
        {{ company_date('requested_at') }} as requested_date,
        answered_at,
        updated_at

    from internal_requests

)

select * from cleaned_internal_requests
