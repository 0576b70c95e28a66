-- One row per range and channel: what it brought, how much of it was worked, and what was earned.

with

sourcing as (

    select * from {{ ref('int_reports__default_sourcing') }}
    where scope_type = 'channel'

),

channels as (

    select * from {{ ref('dim_channels') }}

),

named_channels as (

    select
        sourcing.*,
        coalesce(channels.channel_label, 'an unknown channel') as channel_label

    from sourcing
    left join channels
        on sourcing.channel_id = channels.channel_id

)

select
    'channel' as page,
    'channel' as scope_type,
    channel_id as scope_id,
    range_type as period_type,
    range_start as period_start,
    range_label as period_label,
    is_default as is_latest_final,
    {{ range_phrase('range_type', 'range_label') }}
    || channel_label || ' brought ' || {{ amount_text('leads') }}
    || case when leads = 1 then ' lead' else ' leads' end
    || coalesce(', ' || {{ percent_text('qualified_share') }} || ' of them qualified', '')
    || coalesce('; sales worked ' || {{ percent_text('worked_share') }} || ' of those it was given', '')
    || '. '
    || case
        when won_deals is null then 'How many became deals is not known.'
        when won_deals = 0 and coalesce(collected_amount, 0) = 0
            then 'No deal was won and nothing was collected.'
        else
            'It is credited with ' || {{ amount_text('won_deals') }}
            || case when round(won_deals, 0) = 1 then ' won deal' else ' won deals' end
            || coalesce(' and ' || {{ money_text('collected_amount') }} || ' collected', '')
            || coalesce(
                ', ' || {{ kpi_text('roas', "'ratio'") }} || ' {{ var("company_currency") }} for each'
                || ' 1 {{ var("company_currency") }} of ads', ''
            )
            || '.'
    end as sentence,
    case
        when roas < 1 then 'bad'
        else 'neutral'
    end as tone

from named_channels
where leads is not null
