-- On any day one version of a rule is in force. Two would count everything they touch twice.

with

dated_rules as (

    select 'attribution_models' as rule_file, model as rule_key, valid_from, valid_to
    from {{ ref('attribution_models') }}

    union all

    select 'sla_terms' as rule_file, term as rule_key, valid_from, valid_to
    from {{ ref('sla_terms') }}

    union all

    select
        'work_hours' as rule_file,
        country || ' ' || cast(weekday as varchar) as rule_key,
        valid_from,
        valid_to

    from {{ ref('work_hours') }}

    union all

    select 'channel_rules' as rule_file, rule_id as rule_key, valid_from, valid_to
    from {{ ref('channel_rules') }}

    union all

    select 'default attribution model' as rule_file, 'is_default' as rule_key, valid_from, valid_to
    from {{ ref('attribution_models') }}
    where is_default

),

following_rules as (

    select
        *,
        lead(valid_from) over (partition by rule_file, rule_key order by valid_from) as next_from

    from dated_rules

)

select * from following_rules
where
    next_from < coalesce(valid_to, cast('9999-12-31' as date))
    or valid_to <= valid_from
