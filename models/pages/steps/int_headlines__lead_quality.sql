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

-- Which of two lifts is more is told as the card tells it, by the card's own comparison.
lift_changes as (

    select change_text, change_tone
    from {{ ref('int_reports__qualification_cards') }}
    where kpi = 'qualification_lift'

),

shown_versions as (

    select
        compared_versions.*,
        lift_changes.change_text,
        lift_changes.change_tone,
        cast(cast(round(compared_versions.lift, 2) as decimal(28, 2)) as varchar) as shown_lift,
        cast(cast(round(compared_versions.before_lift, 2) as decimal(28, 2)) as varchar)
            as shown_before_lift

    from compared_versions
    cross join lift_changes

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
        || case
            when round(lift, 1) > 1 then 'leads that pay: '
            when lift > 1 then 'hardly better than chance: '
            else 'no better than chance: '
        end
        || {{ rate_text('precision_rate') }} || ' of the leads it qualified have paid against '
        || {{ rate_text('base_rate') }} || ' of all leads, '
        || shown_lift || ' times as many.' as pick_text,
        case
            when shown_before_lift is null then ''
            else
                ' That is '
                || case
                    when change_text like 'just over %' then 'just over what '
                    when change_text like 'just under %' then 'just under what '
                    when change_tone = 'good' then 'more than '
                    when change_tone = 'warn' then 'less than '
                    else 'as much as '
                end
                || lower(before_version_label) || ' managed (' || shown_before_lift || ' times).'
        end as before_text,
        ' Of the leads that paid it had qualified ' || {{ rate_text('recall_rate') }}
        || coalesce(
            ' (' || lower(before_version_label) || ': '
            || {{ rate_text('before_recall_rate') }} || ')', ''
        )
        || '.' as recall_text

    from shown_versions

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
        when round(lift, 1) <= 1 then 'bad'
        when change_tone = 'warn' then 'warn'
        else 'good'
    end as tone

from worded_versions
