-- One row: whether the qualification rules pick leads that pay, against the version before.

with

{% set parts = ['rule_version', 'precision_rate', 'recall_rate', 'base_rate', 'lift'] %}
{% set current_parts = [
    'rule_version', 'state_code', 'state_message', 'matures_on', 'valid_from',
] %}

compared_versions as (

    select
        {% for part in parts %}
        max(case when is_latest_rated then {{ part }} end) as {{ part }},
        max(case when is_rated_before then {{ part }} end) as before_{{ part }},
        {% endfor %}
        {% for part in current_parts %}
        max(case when is_in_force then {{ part }} end) as current_{{ part }},
        {% endfor %}
        count(*) as versions

    from {{ ref('int_reports__rule_versions') }}

),

-- Chance is a lift of 1; one that people read as 1.0 is hardly better.
judged_versions as (

    select
        *,
        case when lift >= 1.05 then 'better' when lift > 1 then 'hardly' else 'chance' end
            as verdict,
        case
            when lift > before_lift then 'more'
            when lift < before_lift then 'less'
            when lift = before_lift then 'same'
        end as comparison

    from compared_versions

)

select
    case
        when versions = 0 then {{ message('lead_quality.headline.no_rules') }}
        when rule_version is null
            then {{ message('lead_quality.headline.unknown', {
                'version': 'current_rule_version',
                'code': 'current_state_code',
                'day': as_day('current_matures_on'),
                'state': as_message('current_state_message'),
            }) }}
        else {{ messages([
            "case when current_rule_version is null then "
            ~ message('lead_quality.headline.none_in_force')
            ~ ' when current_rule_version != rule_version then '
            ~ message('lead_quality.headline.current', {
                'version': 'current_rule_version',
                'since': as_day('current_valid_from'),
                'code': 'current_state_code',
                'day': as_day('current_matures_on'),
                'state': as_message('current_state_message'),
            }) ~ ' end',
            message('lead_quality.headline.verdict', {
                'version': 'rule_version',
                'is_current': 'coalesce(current_rule_version = rule_version, false)',
                'verdict': 'verdict',
                'precision': as_percent('precision_rate', 0),
                'base': as_percent('base_rate', 0),
                'lift': as_kpi(
                    'lift', "'ratio'", 'before_lift', 'case when lift < before_lift then 0 end'
                ),
            }),
            'case when comparison is not null then '
            ~ message('lead_quality.headline.comparison', {
                'comparison': 'comparison',
                'version': 'before_rule_version',
                'lift': as_kpi(
                    'before_lift', "'ratio'", 'lift', 'case when before_lift < lift then 0 end'
                ),
            }) ~ ' end',
            message('lead_quality.headline.recall', {
                'recall': as_percent('recall_rate', 0),
                'version': 'before_rule_version',
                'before': as_percent('before_recall_rate', 0),
            }),
        ]) }}
    end as sentence_message,
    case
        when rule_version is null then 'neutral'
        when verdict != 'better' then 'bad'
        when comparison = 'less' then 'warn'
        else 'good'
    end as tone

from judged_versions
