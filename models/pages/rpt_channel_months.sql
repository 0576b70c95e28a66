-- One row per month, attribution model and channel, the unattributed rest and the total included.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where scope_type in ('all', 'channel')

),

months as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type = 'month'

),

last_12_months as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type = 'last_12_months'

)

select
    sourcing.model,
    sourcing.channel_id,
    months.range_start as month_start,
    months.range_label as month_label,
    coalesce(
        months.range_start >= last_12_months.range_start
        and months.range_end <= last_12_months.range_end,
        true
    ) as is_last_12_months,
    {{ sourcing_columns('sourcing', ['spend_amount', 'leads', 'won_deals', 'collected_amount']) }}

from sourcing
inner join months
    on sourcing.range_id = months.range_id
left join last_12_months
    on true
