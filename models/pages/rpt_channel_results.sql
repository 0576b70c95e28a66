-- One row per range, attribution model and channel, the unattributed rest and the total included;
-- of a channel also the answer of its page.

{% set is_unattributed %}
case when sourcing.channel_id = 'unattributed' then 'unattributed' else 'channel' end
{%- endset %}

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where scope_type in ('all', 'channel')

),

-- The last twelve finished months whatever the range, as the small line beside a number reads them.
trends as (

    select
        months.model,
        months.channel_id,
        case
            when count(months.collected_amount) > 0
                then '[' || {{ dbt.listagg(
                    "coalesce(cast(cast(months.collected_amount as decimal(28, 2)) as string), 'null')",
                    "', '", 'order by months.range_start'
                ) }} || ']'
        end as collected_trend

    from sourcing as months
    left join {{ ref('dim_ranges') }} as last_12_months
        on last_12_months.range_type = 'last_12_months'
    where
        months.range_type = 'month'
        and (
            last_12_months.range_id is null
            or (
                months.range_start >= last_12_months.range_start
                and months.range_start < last_12_months.range_end
            )
        )
    group by months.model, months.channel_id

),

answers as (

    select
        sourcing.*,
        channels.channel_label,
        {{ messages([
            message('channel.leads', {
                'period': as_period('sourcing.range_type', 'sourcing.range_start'),
                'channel': is_unattributed,
                'name': 'coalesce(channels.channel_label, sourcing.channel_id)',
                'leads': 'cast(sourcing.leads as bigint)',
                'qualified': as_percent('sourcing.qualified_share', 0),
                'worked': as_percent('sourcing.worked_share', 0)
            }),
            message('channel.deals', {
                'channel': is_unattributed,
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
        ]) }} as sentence_message

    from sourcing
    left join {{ ref('dim_channels') }} as channels
        on sourcing.channel_id = channels.channel_id

)

select
    answers.range_id,
    answers.range_type,
    answers.range_start,
    answers.model,
    answers.channel_id,
    {{ message('marketing.channel', {
        'id': 'answers.channel_id', 'name': 'answers.channel_label'
    }) }} as channel_label_message,
    answers.scope_type = 'all' as is_total,
    cast(
        case answers.channel_id when 'all' then 3 when 'unattributed' then 2 else 1 end as integer
    ) as block_order,
    {{ sourcing_columns('answers') }},
    trends.collected_trend,
    case when answers.scope_type = 'channel' then {{ channel_path('answers.channel_id') }} end
        as link,
    -- Readers choose among the models in force.
    case
        when
            answers.scope_type = 'channel'
            and answers.range_type != 'month'
            and answers.model_label is not null
            and answers.leads is not null
            then answers.sentence_message
    end as sentence_message,
    -- Advertising that earns less than it costs is something to act on.
    case when answers.roas < 1 then 'bad' else 'neutral' end as tone

from answers
left join trends
    on answers.model = trends.model
    and answers.channel_id = trends.channel_id
