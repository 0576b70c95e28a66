-- One row per client and moment of being handed to a person.

with

client_assignments as (

    {{ current_rows('client_assignments') }}

),

cleaned_client_assignments as (

    select
        {{ clean_id('client_id') }} as client_id,
        assigned_at,
        {{ company_date('assigned_at') }} as assigned_date,
        {{ clean_id('person_id') }} as person_id,
        {{ clean_text('reason') }} as reason

    from client_assignments

)

select * from cleaned_client_assignments
where client_id is not null
