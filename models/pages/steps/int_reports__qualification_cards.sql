-- One row per measure of the latest version of the qualification rules that can be judged, against
-- the version before it.

with

versions as (

    select
        *,
        'version ' || cast(rule_version as varchar) as version_label

    from {{ ref('int_reports__rule_versions') }}

),

rated_versions as (

    select
        max(case when is_latest_rated then version_label end) as version_label,
        max(case when is_rated_before then version_label end) as before_label,
        -- A change is told in points of per cent, a lift as the number it is. Which is more is
        -- asked of the numbers themselves, never of what rounding leaves of them.
        {% for rate, scale in [('precision_rate', 100), ('recall_rate', 100), ('lift', 1)] %}
        max(case when is_latest_rated then {{ rate }} end) as {{ rate }},
        {{ product(
            'max(case when is_latest_rated then ' ~ rate ~ ' end)'
            ~ ' - max(case when is_rated_before then ' ~ rate ~ ' end)', 10,
            scale, 0
        ) }} as {{ rate }}_change,
        {% endfor %}
        case
            when count(*) = 0 then 'no qualification rules declared'
            else 'no version is judged yet'
        end as reason

    from versions

),

cards as (

    {% for kpi, label, rate, format, unit, decimals, definition, sort_order in [
        (
            'qualification_precision', 'Precision', 'precision_rate', 'pct1', ' points', 1,
            'Of the leads these rules qualified, the share that has paid.', 10,
        ),
        (
            'qualification_recall', 'Recall', 'recall_rate', 'pct1', ' points', 1,
            'Of the leads that have paid, the share these rules had qualified.', 20,
        ),
        (
            'qualification_lift', 'Lift', 'lift', 'num2', '', 2,
            'How many times as often a qualified lead pays as any lead does: 1 is chance.', 30,
        ),
    ] %}
    select
        '{{ kpi }}' as kpi,
        '{{ label }}' || coalesce(', ' || lower(rated_versions.version_label), '') as kpi_label,
        rated_versions.{{ rate }} as value,
        '{{ format }}' as value_format,
        rated_versions.reason,
        case
            when rated_versions.{{ rate }}_change = 0
                then 'as ' || lower(rated_versions.before_label)
            when round(rated_versions.{{ rate }}_change, {{ decimals }}) = 0
                then
                    'just '
                    || case when rated_versions.{{ rate }}_change > 0 then 'over' else 'under' end
                    || ' ' || lower(rated_versions.before_label)
            else
                {{ signed_text('rated_versions.' ~ rate ~ '_change', decimals) }}
                || '{{ unit }} against ' || lower(rated_versions.before_label)
        end as change_text,
        case
            when rated_versions.{{ rate }}_change > 0 then 'good'
            when rated_versions.{{ rate }}_change < 0 then 'warn'
            else 'neutral'
        end as change_tone,
        '{{ definition }}' as definition,
        {{ sort_order }} as sort_order

    from rated_versions
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from cards
