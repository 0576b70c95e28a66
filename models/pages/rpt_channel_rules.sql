-- One row per rule that gives a visit or lead its channel, in words; the lowest priority number
-- wins.

with

rules as (

    select * from {{ ref('channel_rules') }}

),

channels as (

    select * from {{ ref('channels') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

described_rules as (

    select
        rules.rule_id,
        rules.priority,
        coalesce(channels.channel_label, rules.channel_id) as channel_label,
        channels.is_paid,
        channels.sort_order,
        -- Every condition begins with the word that joins it to the one before; the first is cut
        -- off.
        substring(
            {% for column, label in [
                ('utm_source', 'utm_source'), ('utm_medium', 'utm_medium'),
                ('utm_campaign', 'utm_campaign'), ('click_id', 'click id'),
                ('referrer_host', 'referrer'), ('recorded_channel', 'origin in the CRM'),
            ] %}
            coalesce(' and {{ label }} is ' || replace(rules.{{ column }}, '%', '…'), '')
            {{ '||' if not loop.last }}
            {% endfor %},
            6
        ) as condition,
        rules.valid_from,
        rules.valid_to,
        {{ is_in_force('rules', 'as_of.as_of_date') }} as is_in_force

    from rules
    cross join as_of
    left join channels
        on rules.channel_id = channels.channel_id

)

select * from described_rules
