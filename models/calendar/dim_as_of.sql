-- One row: the instant up to which the data speaks. Never the clock of the machine, so that the
-- same data gives the same numbers tomorrow. A planned event (the expected closing of an open deal)
-- does not move it, and nothing moves it past the load: what comes later nobody has seen.

{{ config(materialized='view', meta={'early_cutoff': true}) }}

with

streams as (

    select * from {{ ref('stg_jointly__streams') }}

),

observed_events as (

    select
        max(observed_until) as latest_event_at,
        max(loaded_at) as loaded_at,
        {% if var('as_of_date') %}
        cast('{{ var("as_of_date") }}' as date) as chosen_date
        {% else %}
        cast(null as date) as chosen_date
        {% endif %}

    from streams
    where is_connected

),

-- A chosen day is spoken for to its end.
chosen_instants as (

    select
        chosen_date,
        loaded_at,
        case
            when chosen_date is null then latest_event_at
            else {{ instant_of_company_time(dbt.dateadd('day', 1, 'chosen_date')) }}
        end as chosen_until

    from observed_events

),

observed_until as (

    select
        case
            when chosen_until <= loaded_at and chosen_date is not null then chosen_date
            else {{ company_date('least(chosen_until, loaded_at)') }}
        end as as_of_date,
        least(chosen_until, loaded_at) as observed_until

    from chosen_instants

)

select * from observed_until
