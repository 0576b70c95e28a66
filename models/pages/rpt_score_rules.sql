-- One row per rule in force today, of the sets that have a version: when it matches, and the points
-- it earns a lead.

with

sets as (

    select * from {{ ref('rpt_score_sets') }}

),

questions as (

    select * from {{ ref('questions') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

rules as (

    select
        score_rules.*,
        coalesce(
            '“' || questions.question_label || '”',
            case score_rules.field
                when 'icp_fit' then 'ICP fit'
                when 'campaign_id' then 'campaign'
                when 'country_code' then 'country'
                when 'has_company' then 'names a company'
                when 'has_email' then 'leaves an e-mail address'
                when 'created_hour' then 'hour of the inquiry'
                when 'created_weekday' then 'weekday (Monday is 1)'
                when 'page_views_before' then 'pages seen before'
                else replace(score_rules.field, '_', ' ')
            end
        ) as field_label,
        case
            when score_rules.operator = 'equals' and score_rules.value in ('true', 'false')
                then ':'
            when score_rules.operator = 'equals' then ' is'
            when score_rules.operator = 'not_equals' then ' is not'
            when score_rules.operator = 'less_than' then ' is less than'
            when score_rules.operator = 'at_least' then ' is at least'
            when score_rules.operator = 'one_of' then ' is one of'
            when score_rules.operator = 'is_unknown' then ' is not known'
            else ' ' || replace(score_rules.operator, '_', ' ')
        end as operator_text,
        case
            when score_rules.value = 'true' then 'yes'
            when score_rules.value = 'false' then 'no'
            when score_rules.field = 'campaign_id'
                then coalesce(campaigns.campaign_name, replace(score_rules.value, '|', ', '))
            else replace(score_rules.value, '|', ', ')
        end as value_text

    from {{ ref('score_rules') }} as score_rules
    inner join as_of
        on {{ is_in_force('score_rules', 'as_of.as_of_date') }}
    left join questions
        on score_rules.field = questions.question_id
    left join {{ ref('dim_campaigns') }} as campaigns
        on score_rules.field = 'campaign_id'
        and score_rules.value = campaigns.campaign_id

)

select
    rules.rule_set,
    sets.set_label,
    sets.sort_order,
    rules.rule_id,
    rules.rule_label,
    rules.field_label || rules.operator_text || coalesce(' ' || rules.value_text, '')
        as condition_text,
    cast(rules.points as decimal(28, 2)) as points,
    case when rules.points > 0 then '+' when rules.points < 0 then '−' else '' end
    || regexp_replace({{ number_text('abs(rules.points)') }}, '[.]00$', '')
    || case when rules.rule_set = 'tier' then ' {{ var("company_currency") }}' else '' end
    || coalesce(' for ' || replace(rules.outcome, '_', ' '), '') as points_text,
    rules.valid_from

from rules
inner join sets
    on rules.rule_set = sets.rule_set
