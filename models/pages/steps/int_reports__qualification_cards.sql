-- One row per measure of the latest version of the qualification rules that can be evaluated,
-- against the version before it.

with

versions as (

    select * from {{ ref('int_reports__rule_versions') }}

),

compared_versions as (

    select
        count(*) as version_count,
        max(case when is_latest_rated then rule_version end) as rule_version,
        max(case when is_rated_before then rule_version end) as version_before,
        max(case when is_latest_rated then precision_rate end) as precision_rate,
        max(case when is_rated_before then precision_rate end) as precision_rate_before,
        max(case when is_latest_rated then recall_rate end) as recall_rate,
        max(case when is_rated_before then recall_rate end) as recall_rate_before,
        max(case when is_latest_rated then lift end) as lift,
        max(case when is_rated_before then lift end) as lift_before

    from versions

),

cards as (

    {% for card_id, rate, unit in [
        ('qualification_precision', 'precision_rate', 'percent'),
        ('qualification_recall', 'recall_rate', 'percent'),
        ('qualification_lift', 'lift', 'ratio'),
    ] %}
    select
        '{{ card_id }}' as card_id,
        rule_version,
        {{ rate }} as value,
        '{{ unit }}' as unit,
        case
            when rule_version is not null then null
            else {{ message('cards.no_rated_version', {'versions': 'version_count'}) }}
        end as reason_message,
        case
            when {{ rate }}_before is not null
                then {{ message('cards.against_version', {
                    'change': as_change(rate, rate ~ '_before', "'" ~ unit ~ "'"),
                    'version': 'version_before'
                }) }}
        end as change_message,
        case
            when {{ rate }} > {{ rate }}_before then 'good'
            when {{ rate }} < {{ rate }}_before then 'warn'
            else 'neutral'
        end as change_tone

    from compared_versions
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from cards
