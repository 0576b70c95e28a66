-- One row per lead that fits some buyer persona: the persona with the most points, ties by name.

with

rule_matches as (

    select * from {{ ref('int_lead_quality__rule_matches') }}

),

persona_points as (

    select
        lead_id,
        outcome as persona,
        sum(points) as points

    from rule_matches
    where rule_set = 'persona'
    group by lead_id, outcome

),

ranked_personas as (

    select
        lead_id,
        persona,
        points,
        row_number() over (
            partition by lead_id order by points desc, persona asc
        ) as persona_number

    from persona_points

)

select
    lead_id,
    persona,
    points

from ranked_personas
where persona_number = 1
