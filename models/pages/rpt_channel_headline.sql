-- One row per range, attribution model and channel: what it brought, how much of it was contacted,
-- and what was earned.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where
        scope_type = 'channel'
        and range_type != 'month'
        and model_label is not null
        and leads is not null

),

channels as (

    select * from {{ ref('dim_channels') }}

)

select
    sourcing.range_id,
    sourcing.model,
    sourcing.channel_id,
    {{ messages([
        message('channel.leads', {
            'period': as_period('sourcing.range_type', 'sourcing.range_start'),
            'channel': "case when sourcing.channel_id = 'unattributed' then 'unattributed'"
                ~ " else 'channel' end",
            'name': 'coalesce(channels.channel_label, sourcing.channel_id)',
            'leads': 'cast(sourcing.leads as bigint)',
            'qualified': as_percent('sourcing.qualified_share', 0),
            'worked': as_percent('sourcing.worked_share', 0)
        }),
        message('channel.deals', {
            'channel': "case when sourcing.channel_id = 'unattributed' then 'unattributed'"
                ~ " else 'channel' end",
            'deals': as_number('sourcing.won_deals', 0),
            'count': 'sourcing.won_deals',
            'outcome': "case when sourcing.won_deals is null then 'unknown'"
                ~ " when sourcing.won_deals > 0 then 'won'"
                ~ " when sourcing.collected_amount != 0 then 'paid'"
                ~ " when sourcing.collected_amount = 0 then 'nothing' else 'not_won' end",
            'collected': as_money('sourcing.collected_amount'),
            'roas': as_kpi('sourcing.roas', "'ratio'"),
            'model': 'sourcing.model_label'
        })
    ]) }} as sentence_message,
    -- Advertising that earns less than it costs is something to act on.
    case when sourcing.roas < 1 then 'bad' else 'neutral' end as tone

from sourcing
left join channels
    on sourcing.channel_id = channels.channel_id
