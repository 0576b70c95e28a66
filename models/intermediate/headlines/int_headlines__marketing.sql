-- One row per range: which channel earned the most, what the cheapest leads returned, and how much
-- ad money went to leads nobody worked.

-- From this share of the ad cost on, leads left lying are the answer of the page.
{% set alarming_waste = 0.1 %}

with

sourcing as (

    select * from {{ ref('int_reports__default_sourcing') }}

),

channels as (

    select * from {{ ref('dim_channels') }}

),

cheapest_campaigns as (

    select * from {{ ref('int_reports__cheapest_campaigns') }}

),

credit_models as (

    select * from {{ ref('rpt_credit_models') }}

),

known_reasons as (

    select
        range_id,
        max(case when kpi = 'collected_revenue' then reason end) as money_reason,
        max(case when kpi = 'won_deals' then reason end) as deals_reason,
        max(case when kpi = 'roas' then target end) as roas_target

    from {{ ref('int_reports__kpi_ranges') }}
    where
        scope_type = 'company' or (scope_type = 'department' and scope_id = 'marketing')
    group by range_id

),

-- Money decides; where none is known, won deals do.
ranked_channels as (

    select
        sourcing.*,
        channels.channel_label,
        row_number() over (
            partition by sourcing.range_id
            order by
                coalesce(sourcing.collected_amount, 0) desc,
                coalesce(sourcing.won_deals, 0) desc,
                channels.sort_order
        ) as channel_rank

    from sourcing
    inner join channels
        on sourcing.channel_id = channels.channel_id
    where sourcing.scope_type = 'channel'

),

totals as (

    select
        sourcing.*,
        ranked_channels.channel_label as top_channel,
        ranked_channels.collected_amount as top_collected_amount,
        ranked_channels.won_deals as top_won_deals,
        ranked_channels.paid_amount as top_paid_amount,
        cheapest_campaigns.campaign_name,
        cheapest_campaigns.cost_per_lead as cheapest_cost_per_lead,
        cheapest_campaigns.roas as cheapest_roas,
        known_reasons.money_reason,
        known_reasons.deals_reason,
        known_reasons.roas_target,
        lower(credit_models.model_label) as model_phrase,
        {{ exact_ratio('sourcing.wasted_amount', 'sourcing.paid_amount') }} as wasted_share

    from sourcing
    left join ranked_channels
        on sourcing.range_id = ranked_channels.range_id
        and ranked_channels.channel_rank = 1
    left join cheapest_campaigns
        on sourcing.range_id = cheapest_campaigns.range_id
    left join known_reasons
        on sourcing.range_id = known_reasons.range_id
    inner join credit_models
        on sourcing.model = credit_models.model
    where sourcing.scope_type = 'all'

)

select
    'marketing' as page,
    'company' as scope_type,
    'company' as scope_id,
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
        when wasted_share >= {{ alarming_waste }} then 'bad'
        else {{ attainment_tone(exact_ratio('roas', 'roas_target')) }}
    end as tone

from totals
