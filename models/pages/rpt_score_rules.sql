-- One row per rule in force today, of the sets that have a version: when it matches, and the points
-- it earns a lead.

with

sets as (

    select
        rule_versions.rule_set

    from {{ ref('rule_versions') }} as rule_versions
    inner join {{ ref('dim_as_of') }} as as_of
        on {{ is_in_force('rule_versions', 'as_of.as_of_date') }}

),

rules as (

    select
        score_rules.*,
        questions.question_label,
        personas.band_label as persona_label,
        case
            when score_rules.operator = 'equals' and score_rules.value in ('true', 'false')
                then 'flag'
            else score_rules.operator
        end as shown_operator,
        case
            when score_rules.field = 'campaign_id' and campaigns.campaign_name is not null
                then campaigns.campaign_name
            else replace(score_rules.value, '|', ', ')
        end as shown_value,
        case
            when score_rules.points > 0 then 'plus'
            when score_rules.points < 0 then 'minus'
            else 'zero'
        end as sign,
        case
            when score_rules.rule_set = 'tier' then {{ as_exact_money('abs(score_rules.points)') }}
            else {{ as_number('abs(score_rules.points)') }}
        end as shown_points

    from {{ ref('score_rules') }} as score_rules
    inner join {{ ref('dim_as_of') }} as as_of
        on {{ is_in_force('score_rules', 'as_of.as_of_date') }}
    inner join sets
        on score_rules.rule_set = sets.rule_set
    left join {{ ref('questions') }} as questions
        on score_rules.field = questions.question_id
    left join {{ ref('dim_campaigns') }} as campaigns
        on score_rules.field = 'campaign_id'
        and score_rules.value = campaigns.campaign_id
    left join {{ ref('score_bands') }} as personas
        on score_rules.rule_set = 'persona'
        and personas.rule_set = 'persona'
        and score_rules.outcome = personas.band
        and {{ is_in_force('personas', 'as_of.as_of_date') }}

)

select
    rule_set,
    {{ message('lead_quality.rule_set', {'set': 'rule_set'}) }} as set_message,
    rule_id,
    rule_label,
    {{ message('lead_quality.condition', {
        'field': as_message(message('lead_quality.field', {
            'field': 'field', 'question': 'question_label'
        })),
        'operator': 'shown_operator',
        'value': 'shown_value',
    }) }} as condition_message,
    cast(points as decimal(28, 2)) as points,
    {{ message('lead_quality.rule_points', {
        'sign': 'sign',
        'points': 'shown_points',
        'persona': 'coalesce(persona_label, outcome)',
    }) }} as points_text_message,
    valid_from

from rules
