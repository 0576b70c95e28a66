-- One row per range and attribution model: which channel earned the most by it, what the cheapest
-- leads returned, and how much ad money went to leads nobody worked.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where range_type != 'month' and model_phrase is not null

),

top_channels as (

    select * from {{ ref('int_reports__top_channels') }}

),

cheapest_campaigns as (

    select * from {{ ref('int_reports__cheapest_campaigns') }}

),

known_reasons as (

    select * from {{ ref('int_reports__range_reasons') }}

),

totals as (

    select
        sourcing.*,
        top_channels.channel_label as top_channel,
        top_channels.collected_amount as top_collected_amount,
        top_channels.won_deals as top_won_deals,
        top_channels.paid_amount as top_paid_amount,
        cheapest_campaigns.campaign_name,
        cheapest_campaigns.cost_per_lead as cheapest_cost_per_lead,
        cheapest_campaigns.roas as cheapest_roas,
        known_reasons.money_reason,
        known_reasons.deals_reason,
        known_reasons.roas_attainment,
        {{ exact_ratio('sourcing.wasted_amount', 'sourcing.paid_amount') }} as wasted_share

    from sourcing
    left join top_channels
        on sourcing.range_id = top_channels.range_id
        and sourcing.model = top_channels.model
    left join cheapest_campaigns
        on sourcing.range_id = cheapest_campaigns.range_id
        and sourcing.model = cheapest_campaigns.model
    left join known_reasons
        on sourcing.range_id = known_reasons.range_id
    where sourcing.scope_type = 'all'

)

select
    'marketing' as page,
    'company' as scope_type,
    'company' as scope_id,
    model,
    range_type as period_type,
    range_start as period_start,
    range_label as period_label,
    is_default as is_latest_final,
    {{ range_phrase('range_type', 'range_label') }}
    || case
        when collected_amount is not null and top_collected_amount > 0
            then
                top_channel || ' earned the most: ' || {{ money_text('top_collected_amount') }}
                || ' of the ' || {{ money_text('collected_amount') }} || ' collected, by '
                || model_phrase
                || coalesce(', for ' || {{ money_text('top_paid_amount') }} || ' of ads', '') || '.'
        when won_deals is not null and top_won_deals > 0
            then
                top_channel || ' won the most deals: ' || {{ amount_text('top_won_deals') }}
                || ' of ' || {{ amount_text('won_deals') }}
                || '. What they brought in is not known: '
                || coalesce(money_reason, 'no money was collected') || '.'
        else 'no deal was won' || coalesce(', as far as is known: ' || deals_reason, '') || '.'
    end
    || coalesce(
        ' The cheapest leads (' || campaign_name || ', '
        || {{ money_text('cheapest_cost_per_lead') }} || ' each) returned '
        || {{ kpi_text('cheapest_roas', "'ratio'") }} || ' {{ var("company_currency") }} for each'
        || ' 1 {{ var("company_currency") }} of ads.',
        ''
    )
    || case
        when wasted_amount > 0
            then
                ' ' || {{ money_text('wasted_amount') }}
                || coalesce(' (' || {{ rate_text('wasted_share') }} || ' of the ad cost)', '')
                || ' went to leads nobody worked.'
        else ''
    end as sentence,
    case
        when wasted_share >= {{ report_limit('alarming_wasted_share') }} then 'bad'
        else {{ attainment_tone('roas_attainment') }}
    end as tone

from totals
