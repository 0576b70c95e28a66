-- One row: the instant up to which the data speaks. Never the clock of the machine, so that the
-- same data gives the same numbers tomorrow. Events dated after their own load (a planned
-- payment) do not move it: the load leaves them out of the latest event.

with

streams as (

    select * from {{ ref('stg_jointly__streams') }}

),

observed_events as (

    select
        max(last_event_at) as last_event_at,
        {% if var('as_of_date') %}
        cast('{{ var("as_of_date") }}' as date) as chosen_date
        {% else %}
        cast(null as date) as chosen_date
        {% endif %}

    from streams
    where is_connected

),

dated_events as (

    select
        coalesce(chosen_date, {{ company_date('last_event_at') }}) as as_of_date,
        chosen_date,
        last_event_at

    from observed_events

),

observed_until as (

    select
        as_of_date,
        -- A chosen day is spoken for to its end.
        case
            when chosen_date is null then last_event_at
            else {{ instant_of_company_time(dbt.dateadd('day', 1, 'chosen_date')) }}
        end as observed_until

    from dated_events

)

select * from observed_until
