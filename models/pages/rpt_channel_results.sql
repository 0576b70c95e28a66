-- One row per range, attribution model and channel, the unattributed rest and the total included.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where scope_type in ('all', 'channel')

),

channels as (

    select * from {{ ref('dim_channels') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

),

-- The last twelve finished months whatever the range, as the small line beside a number reads them.
trends as (

    select
        model,
        channel_id,
        case
            when count(collected_amount) > 0
                then '[' || {{ dbt.listagg(
                    "coalesce(cast(collected_amount as varchar), 'null')", "', '",
                    'order by month_start'
                ) }} || ']'
        end as collected_trend

    from {{ ref('rpt_channel_months') }}
    where is_last_12_months
    group by model, channel_id

)

select
    sourcing.range_id,
    sourcing.model,
    sourcing.channel_id,
    {{ message('marketing.channel', {
        'id': 'sourcing.channel_id', 'name': 'channels.channel_label'
    }) }} as channel_label_message,
    sourcing.channel_id = 'all' as is_total,
    cast(
        case sourcing.channel_id when 'all' then 3 when 'unattributed' then 2 else 1 end as integer
    ) as block_order,
    {{ sourcing_columns('sourcing') }},
    trends.collected_trend,
    case
        when sourcing.channel_id != 'all' then {{ channel_path('sourcing.channel_id') }}
    end as link

from sourcing
inner join ranges
    on sourcing.range_id = ranges.range_id
left join channels
    on sourcing.channel_id = channels.channel_id
left join trends
    on sourcing.model = trends.model
    and sourcing.channel_id = trends.channel_id
