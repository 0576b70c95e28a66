-- The points of a lead are those of the rules that fit it, none more and none less.

with

scores as (

    select * from {{ ref('fct_lead_scores') }}

),

score_lines as (

    select * from {{ ref('fct_lead_score_lines') }}

),

explained_points as (

    select
        lead_id,
        rule_set,
        sum(points) as points

    from score_lines
    where rule_set != 'persona'
    group by lead_id, rule_set

)

select
    scores.lead_id,
    scores.rule_set,
    scores.points,
    explained_points.points as explained_points

from scores
left join explained_points
    on scores.lead_id = explained_points.lead_id
    and scores.rule_set = explained_points.rule_set
where
    scores.rule_set != 'persona'
    and scores.points is not null
    and scores.points != coalesce(explained_points.points, 0)
