-- One row per month or quarter: whether the company earns and its departments pull together, and
-- what has changed since the joint plan began.

with

alignment as (

    select * from {{ ref('int_reports__alignment') }}
    where scope_type = 'company'

),

joint_plans as (

    select * from {{ ref('fct_plan_starts') }}
    where is_current and is_joint

),

-- Each period since then beside the same season of the last year before the plan.
compared_seasons as (

    select
        alignment.period_type,
        alignment.period_start,
        joint_plans.start_date,
        alignment.ignored_lead_rate,
        alignment.collected_revenue,
        seasons_before.ignored_lead_rate as ignored_before,
        seasons_before.collected_revenue as collected_before,
        seasons_before.period_start as season_before,
        row_number() over (
            partition by alignment.period_type, alignment.period_start
            order by seasons_before.period_start desc
        ) as recency

    from alignment
    inner join joint_plans
        on alignment.period_start >= joint_plans.start_date
        and alignment.is_final
    inner join alignment as seasons_before
        on alignment.period_type = seasons_before.period_type
        and extract(month from alignment.period_start)
        = extract(month from seasons_before.period_start)
        and extract(month from alignment.period_end)
        = extract(month from seasons_before.period_end)
        and joint_plans.start_date >= seasons_before.period_end

),

since_plan as (

    select
        *,
        {{ message('overview.since_plan', {
            'start': as_day('start_date'),
            'season': as_period('period_type', 'season_before'),
            'ignored_before': as_percent('ignored_before', 0),
            'ignored': as_percent('ignored_lead_rate', 0),
            'collected_before': as_money('collected_before'),
            'collected': as_money('collected_revenue')
        }) }} as sentence_message

    from compared_seasons
    where
        recency = 1
        and ignored_before is not null
        and ignored_lead_rate is not null
        and collected_before is not null
        and collected_revenue is not null

),

answers as (

    select
        alignment.period_type,
        alignment.period_start,
        alignment.period_label,
        {{ message('overview.headline', {
            'status': 'alignment.status_code',
            'period': as_period('alignment.period_type', 'alignment.period_start'),
            'marketing': as_attainment('alignment.marketing_attainment'),
            'sales': as_attainment('alignment.sales_attainment'),
            'company': as_attainment('alignment.company_attainment'),
            'won_deals': 'cast(round(alignment.won_deals) as bigint)',
            'leads': 'cast(alignment.leads as bigint)'
        }) }} as alignment_message,
        case
            when
                alignment.status_code = 'both_green_company_red'
                and {{ is_worth_telling('alignment.ignored_lead_rate') }}
                then {{ ignored_message('alignment') }}
        end as ignored_message,
        alignment.reason_message,
        since_plan.sentence_message as since_plan_message,
        alignment.tone

    from alignment
    left join since_plan
        on alignment.period_type = since_plan.period_type
        and alignment.period_start = since_plan.period_start

)

select
    period_type,
    period_start,
    period_label,
    {{ messages(['alignment_message', 'ignored_message', 'reason_message', 'since_plan_message']) }}
        as sentence_message,
    tone

from answers
