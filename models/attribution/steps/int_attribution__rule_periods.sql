-- One row per period between two changes of the channel rules.

with

channel_rules as (

    select * from {{ ref('channel_rules') }}

),

rule_changes as (

    select valid_from as changed_on from channel_rules

    union

    select valid_to as changed_on from channel_rules
    where valid_to is not null

),

rule_periods as (

    select
        changed_on as valid_from,
        lead(changed_on) over (order by changed_on) as valid_to

    from rule_changes

)

select * from rule_periods
