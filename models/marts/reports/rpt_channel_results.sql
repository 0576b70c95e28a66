-- One row per range, attribution model and channel, the unattributed rest and the total included.

with

sourcing as (

    select * from {{ ref('int_reports__sourcing') }}
    where scope_type in ('all', 'channel')

),

channels as (

    select * from {{ ref('dim_channels') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

)

select
    sourcing.range_id,
    sourcing.model,
    sourcing.channel_id,
    case sourcing.channel_id
        when 'all' then 'Total'
        when 'unattributed' then 'Unattributed'
        else channels.channel_label
    end as channel_label,
    sourcing.channel_id = 'all' as is_total,
    cast(
        case sourcing.channel_id when 'all' then 3 when 'unattributed' then 2 else 1 end as integer
    ) as block_order,
    {{ sourcing_columns('sourcing') }},
    '/marketing/' || sourcing.channel_id as link

from sourcing
inner join ranges
    on sourcing.range_id = ranges.range_id
left join channels
    on sourcing.channel_id = channels.channel_id
