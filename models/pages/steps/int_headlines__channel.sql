-- One row per range, attribution model and channel: what it brought, how much of it was worked,
-- and what was earned.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where scope_type = 'channel' and range_type != 'month' and model_phrase is not null

),

channels as (

    select * from {{ ref('dim_channels') }}

),

named_channels as (

    select
        sourcing.*,
        coalesce(channels.channel_label, 'an unknown channel') as channel_label,
        sourcing.channel_id = 'unattributed' as is_unattributed

    from sourcing
    left join channels
        on sourcing.channel_id = channels.channel_id

),

worded_channels as (

    select
        *,
        case
            when is_unattributed and leads = 0 then 'every lead named its channel'
            else
                channel_label || ' brought '
                || case when leads = 0 then 'no' else {{ amount_text('leads') }} end
                || case when leads = 1 then ' lead' else ' leads' end
                || coalesce(
                    ', ' || {{ rate_text('qualified_share') }} || ' of them qualified', ''
                )
                || coalesce(
                    '; sales worked ' || {{ rate_text('worked_share') }}
                    || ' of those it was given', ''
                )
        end as leads_text,
        case
            when won_deals is null then 'How many became deals is not known.'
            when won_deals = 0 and collected_amount = 0
                then 'No deal was won and nothing was collected.'
            when won_deals = 0 and collected_amount is null then 'No deal was won.'
            else
                case
                    when is_unattributed then 'Without any known touch: '
                    else 'It is credited with '
                end
                || {{ amount_text('won_deals') }}
                || case when round(won_deals, 0) = 1 then ' won deal' else ' won deals' end
                || coalesce(' and ' || {{ money_text('collected_amount') }} || ' collected', '')
                || coalesce(
                    ', ' || {{ kpi_text('roas', "'ratio'") }}
                    || ' {{ var("company_currency") }} for each 1 {{ var("company_currency") }}'
                    || ' of ads',
                    ''
                )
                || ', by ' || model_phrase || '.'
        end as deals_text

    from named_channels
    where leads is not null

)

select
    'channel' as page,
    'channel' as scope_type,
    channel_id as scope_id,
    model,
    range_type as period_type,
    range_start as period_start,
    range_label as period_label,
    is_default as is_latest_final,
    {{ range_phrase('range_type', 'range_label') }} || leads_text || '. ' || deals_text as sentence,
    -- Advertising that earns less than it costs is something to act on.
    case when roas < 1 then 'bad' else 'neutral' end as tone

from worded_channels
