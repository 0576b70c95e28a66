-- One row per rule that gives a visit or lead its channel; the lowest priority number
-- wins.

{% set conditions = [] %}
{% for field in [
    'utm_source', 'utm_medium', 'utm_campaign', 'click_id', 'referrer_host', 'recorded_channel'
] %}
{% do conditions.append(
    'case when rules.' ~ field ~ ' is not null then '
    ~ as_message(message('attribution.condition', {
        'field': "'" ~ field ~ "'", 'pattern': "replace(rules." ~ field ~ ", '%', '…')"
    })) ~ ' end'
) %}
{% endfor %}

with

rules as (

    select * from {{ ref('channel_rules') }}

),

channels as (

    select * from {{ ref('channels') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

described_rules as (

    select
        rules.rule_id,
        rules.priority,
        coalesce(channels.channel_label, rules.channel_id) as channel_label,
        channels.is_paid,
        channels.sort_order,
        {{ message('attribution.conditions', {'conditions': as_list(conditions)}) }}
            as condition_message,
        {{ is_in_force('rules', 'as_of.as_of_date') }} as is_in_force

    from rules
    cross join as_of
    left join channels
        on rules.channel_id = channels.channel_id

)

select * from described_rules
