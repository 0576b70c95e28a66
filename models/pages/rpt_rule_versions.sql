-- One row per version of a set of rules that has begun: what changed, from how many points which
-- band begins, and of qualification whether the leads it picked have paid.

with

first_leads as (

    select min(created_date) as first_lead_date from {{ ref('dim_leads') }}

),

versions as (

    select
        rule_versions.*,
        {{ is_in_force('rule_versions', 'as_of.as_of_date') }} as is_in_force,
        -- A version older than the first lead changed nothing anybody can see.
        coalesce(rule_versions.valid_from > first_leads.first_lead_date, false) as is_change

    from {{ ref('rule_versions') }} as rule_versions
    inner join {{ ref('dim_as_of') }} as as_of
        on rule_versions.valid_from <= as_of.as_of_date
    cross join first_leads

),

bands as (

    select
        score_bands.rule_set,
        score_bands.minimum_points,
        score_bands.band,
        -- A bound that nobody reaches from above is how a file says: everything else.
        {{ message('lead_quality.band', {
            'band': 'score_bands.band_label',
            'is_rest': 'score_bands.minimum_points < 0',
            'points': "case when score_bands.rule_set = 'tier' then "
                ~ as_exact_money('score_bands.minimum_points')
                ~ ' else ' ~ as_number('score_bands.minimum_points') ~ ' end',
        }) }} as band_message

    from {{ ref('score_bands') }} as score_bands
    inner join {{ ref('dim_as_of') }} as as_of
        on {{ is_in_force('score_bands', 'as_of.as_of_date') }}

),

listed_bands as (

    select
        rule_set,
        {{ message_rows('band_message', 'order by minimum_points desc, band') }} as bands_message

    from bands
    group by rule_set

)

select
    versions.rule_set,
    {{ message('lead_quality.rule_set', {'set': 'versions.rule_set'}) }} as set_message,
    {{ message('lead_quality.set_question', {'set': 'versions.rule_set'}) }} as question_message,
    cast(
        case versions.rule_set
            {% for rule_set in rule_sets() %}
            when '{{ rule_set }}' then {{ loop.index }}
            {% endfor %}
        end as integer
    ) as sort_order,
    cast(versions.rule_version as integer) as rule_version,
    {{ message('lead_quality.version', {
        'version': 'versions.rule_version',
        'validity': as_validity('versions.valid_from', 'versions.valid_to'),
    }) }} as version_message,
    {{ message('lead_quality.version_mark', {'version': 'versions.rule_version'}) }}
        as mark_label_message,
    versions.change_note,
    versions.valid_from,
    versions.is_in_force,
    versions.is_change,
    case
        when versions.is_in_force
            then coalesce(listed_bands.bands_message, {{ message('lead_quality.no_bands') }})
    end as bands_message,
    cast(quality.judged_leads as bigint) as judged_leads,
    cast(quality.qualified_leads as bigint) as qualified_leads,
    cast(quality.precision_rate as decimal(28, 6)) as precision_rate,
    cast(quality.recall_rate as decimal(28, 6)) as recall_rate,
    cast(quality.base_rate as decimal(28, 6)) as base_rate,
    cast(quality.lift as decimal(28, 4)) as lift,
    quality.is_judged,
    quality.is_latest_rated,
    quality.state_message

from versions
left join {{ ref('int_reports__rule_versions') }} as quality
    on versions.rule_set = 'qualification'
    and versions.rule_version = quality.rule_version
left join listed_bands
    on versions.rule_set = listed_bands.rule_set
