-- One row per day on which leads came in and rule set: the version that judges leads of that day.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

rule_versions as (

    select * from {{ ref('rule_versions') }}

),

lead_days as (

    select distinct created_date from leads

),

rule_sets as (

    {% for rule_set in rule_sets() %}
    select '{{ rule_set }}' as rule_set
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

declared_sets as (

    select distinct rule_set from rule_versions

),

-- A version that comes later never judges a lead of before.
day_versions as (

    select
        lead_days.created_date,
        rule_sets.rule_set,
        cast(rule_versions.rule_version as bigint) as rule_version,
        case
            when declared_sets.rule_set is null then 'undeclared'
            when rule_versions.rule_version is null then 'before_rules'
        end as reason_code

    from lead_days
    cross join rule_sets
    left join declared_sets
        on rule_sets.rule_set = declared_sets.rule_set
    left join rule_versions
        on rule_sets.rule_set = rule_versions.rule_set
        and {{ is_in_force('rule_versions', 'lead_days.created_date') }}

)

select * from day_versions
