-- One row per range and attribution model: which channel earned the most by it, what the cheapest
-- leads returned, and how much ad money went to leads nobody contacted.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}
    where range_type != 'month' and model_label is not null

),

-- Money decides which channel leads; where none is known, won deals do.
ranked_channels as (

    select
        sourcing.*,
        channels.channel_label,
        row_number() over (
            partition by sourcing.range_id, sourcing.model
            order by
                coalesce(sourcing.collected_amount, 0) desc,
                coalesce(sourcing.won_deals, 0) desc,
                channels.sort_order
        ) as channel_rank

    from sourcing
    inner join {{ ref('dim_channels') }} as channels
        on sourcing.channel_id = channels.channel_id
    where sourcing.scope_type = 'channel'

),

-- Campaigns of a handful of leads are left out: their price is chance.
cheapest_campaigns as (

    select
        sourcing.range_id,
        sourcing.model,
        coalesce(campaigns.campaign_name, sourcing.campaign_id) as campaign_name,
        sourcing.cost_per_lead,
        sourcing.roas,
        row_number() over (
            partition by sourcing.range_id, sourcing.model
            order by sourcing.cost_per_lead, sourcing.campaign_id
        ) as price_rank

    from sourcing
    left join {{ ref('dim_campaigns') }} as campaigns
        on sourcing.campaign_id = campaigns.campaign_id
    where
        sourcing.scope_type = 'campaign'
        and sourcing.leads >= {{ report_limit('fewest_campaign_leads') }}
        and sourcing.cost_per_lead is not null
        and sourcing.roas is not null

),

-- ROAS is held against the target of the company or, where it has none, of marketing.
known_values as (

    select
        period_type,
        period_start,
        {% for kpi, reason in [
            ('collected_revenue', 'money_reason'), ('won_deals', 'deals_reason')
        ] %}
        max(case when kpi = '{{ kpi }}' and value is null then reason_message end) as {{ reason }},
        {% endfor %}
        coalesce(
            max(case when kpi = 'roas' and scope_type = 'company' then attainment end),
            max(case when kpi = 'roas' then attainment end)
        ) as roas_attainment

    from {{ ref('fct_kpi_values') }}
    where scope_type = 'company' or (scope_type = 'department' and scope_id = 'marketing')
    group by period_type, period_start

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
        known_values.money_reason,
        known_values.deals_reason,
        known_values.roas_attainment,
        cast(sourcing.wasted_amount / sourcing.paid_amount as decimal(28, 10)) as wasted_share,
        sourcing.wasted_amount >= {{ product(
            report_limit('alarming_wasted_share'), 4, 'sourcing.paid_amount', 2
        ) }} as is_wasteful

    from sourcing
    left join ranked_channels as top_channels
        on sourcing.range_id = top_channels.range_id
        and sourcing.model = top_channels.model
        and top_channels.channel_rank = 1
    left join cheapest_campaigns
        on sourcing.range_id = cheapest_campaigns.range_id
        and sourcing.model = cheapest_campaigns.model
        and cheapest_campaigns.price_rank = 1
    left join known_values
        on sourcing.range_type = known_values.period_type
        and sourcing.range_start = known_values.period_start
    where sourcing.scope_type = 'all'

),

answers as (

    select
        range_id,
        model,
        case
            when collected_amount is not null and top_collected_amount > 0
                then {{ message('marketing.top_by_money', {
                    'period': as_period('range_type', 'range_start'),
                    'channel': 'top_channel',
                    'amount': as_money('top_collected_amount'),
                    'total': as_money('collected_amount'),
                    'model': 'model_label',
                    'cost': as_money('top_paid_amount')
                }) }}
            when won_deals is not null and top_won_deals > 0
                then {{ message('marketing.top_by_deals', {
                    'period': as_period('range_type', 'range_start'),
                    'channel': 'top_channel',
                    'deals': as_number('top_won_deals', 1),
                    'total': as_number('won_deals', 1),
                    'reason': as_message('money_reason')
                }) }}
            else {{ message('marketing.nothing_won', {
                'period': as_period('range_type', 'range_start'),
                'reason': as_message('deals_reason')
            }) }}
        end as top_message,
        case
            when campaign_name is not null
                then {{ message('marketing.cheapest', {
                    'campaign': 'campaign_name',
                    'cost': as_money('cheapest_cost_per_lead'),
                    'roas': as_kpi('cheapest_roas', "'ratio'")
                }) }}
        end as cheapest_message,
        case
            when wasted_amount > 0
                then {{ message('marketing.wasted', {
                    'amount': as_money('wasted_amount'), 'share': as_percent('wasted_share', 0)
                }) }}
        end as wasted_message,
        case
            when is_wasteful then 'bad'
            else {{ attainment_tone('roas_attainment') }}
        end as tone

    from totals

)

select
    range_id,
    model,
    {{ messages(['top_message', 'cheapest_message', 'wasted_message']) }} as sentence_message,
    tone

from answers
