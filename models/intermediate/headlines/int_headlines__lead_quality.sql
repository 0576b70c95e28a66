-- One row: whether the qualification rules pick leads that pay, against the version before.

with

rule_versions as (

    select * from {{ ref('rpt_rule_versions') }}

),

{% set parts = ['version_label', 'precision_rate', 'recall_rate', 'base_rate', 'lift'] %}

compared_versions as (

    select
        {% for part in parts %}
        max(case when is_latest_rated then {{ part }} end) as {{ part }},
        max(case when is_rated_before then {{ part }} end) as before_{{ part }},
        {% endfor %}
        max(case when is_in_force then version_label end) as current_label,
        max(case when is_in_force then state_text end) as current_state,
        max(case when is_in_force then valid_from end) as current_from,
        count(*) as versions

    from rule_versions

),

-- Two lifts are compared as they are read, with one decimal: a third decimal is chance.
rounded_versions as (

    select
        *,
        cast(round(lift, 1) as decimal(18, 1)) as shown_lift,
        cast(round(before_lift, 1) as decimal(18, 1)) as shown_before_lift

    from compared_versions

),

worded_versions as (

    select
        *,
        case
            when current_label is null then 'No version is in force today. '
            when current_label != version_label
                then
                    current_label || ' has been in force since ' || {{ day_text('current_from') }}
                    || case
                        when current_state like 'judged from%'
                            then ' and is ' || current_state || '. '
                        else ' and cannot be judged yet (' || current_state || '). '
                    end
            else ''
        end as current_text,
        version_label
        || case
            when current_label = version_label then ' of the rules picks '
            else ', the last one that can be judged, picked '
        end
        || case when shown_lift > 1 then 'leads that pay: ' else 'no better than chance: ' end
        || {{ rate_text('precision_rate') }} || ' of the leads it qualified have paid against '
        || {{ rate_text('base_rate') }} || ' of all leads, '
        || cast(shown_lift as varchar) || ' times as many.' as pick_text,
        case
            when shown_before_lift is null then ''
            else
                case
                    when shown_lift > shown_before_lift then ' That is more than '
                    when shown_lift < shown_before_lift then ' That is less than '
                    else ' That is as much as '
                end
                || lower(before_version_label) || ' managed ('
                || cast(shown_before_lift as varchar) || ' times).'
        end as before_text,
        ' Of the leads that paid it had qualified ' || {{ rate_text('recall_rate') }}
        || coalesce(
            ' (' || lower(before_version_label) || ': '
            || {{ rate_text('before_recall_rate') }} || ')', ''
        )
        || '.' as recall_text

    from rounded_versions

)

select
    {{ standing_headline() }},
    case
        when versions = 0
            then
                'No qualification rules are declared, so nobody can tell whether qualified leads'
                || ' pay more often than others.'
        when version_label is null
            then
                'Whether the qualification rules pick leads that pay is not known yet'
                || coalesce(': ' || lower(current_label) || ' is ' || case
                    when current_state like 'judged from%' then current_state
                    else 'not judged (' || current_state || ')'
                end, '') || '.'
        else current_text || pick_text || before_text || recall_text
    end as sentence,
    case
        when version_label is null then 'neutral'
        when shown_lift <= 1 then 'bad'
        when shown_lift < shown_before_lift then 'warn'
        else 'good'
    end as tone

from worded_versions
