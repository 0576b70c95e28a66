-- One row per month or quarter and risk: alarms, gaps to a target, money spent on leads nobody
-- worked, and what cannot be seen for want of a source.

with

alignment as (

    select * from {{ ref('rpt_alignment') }}

),

target_gaps as (

    select * from {{ ref('int_reports__target_gaps') }}

),

alarms as (

    select * from alignment
    where status = 'Both green, company red'

),

cards as (

    select * from {{ ref('rpt_kpi_cards') }}

),

risks as (

    select
        1 as risk_class,
        period_type,
        period_start,
        cast(company_attainment as decimal(28, 10)) as severity,
        scope_label || ': both departments on target, revenue at '
        || {{ percent_text('company_attainment') }}
        || case
            when {{ is_worth_telling('ignored_lead_rate') }}
                then '; ' || {{ rate_text('ignored_lead_rate') }} || ' of assigned leads ignored'
            else ''
        end as risk,
        'both departments' as owner,
        'bad' as tone

    from alarms

    union all

    -- An alarm tells of its revenue already; a dear lead is no loss by itself, so it comes late.
    select
        case when target_gaps.kpi = 'cost_per_lead' then 4 else 2 end as risk_class,
        target_gaps.period_type,
        target_gaps.period_start,
        target_gaps.attainment as severity,
        target_gaps.risk,
        target_gaps.owner,
        case
            when target_gaps.kpi = 'cost_per_lead' then 'neutral'
            else {{ attainment_tone('target_gaps.attainment') }}
        end as tone

    from target_gaps
    left join alarms
        on target_gaps.owner = 'company'
        and target_gaps.scope_type = alarms.scope_type
        and target_gaps.scope_id = alarms.scope_id
        and target_gaps.period_type = alarms.period_type
        and target_gaps.period_start = alarms.period_start
    where alarms.scope_id is null

    union all

    select
        3 as risk_class,
        period_type,
        period_start,
        -- The largest amount first.
        -cast(wasted_spend_amount as decimal(28, 10)) as severity,
        scope_label || ': ' || {{ amount_text('wasted_spend_amount') }}
        || ' {{ var("company_currency") }} of advertising went to leads nobody worked ('
        || {{ rate_text('ignored_lead_rate') }} || ' of assigned leads)' as risk,
        'sales' as owner,
        'warn' as tone

    from alignment
    where wasted_spend_amount > 0 and scope_type = 'product_line'

    union all

    select
        5 as risk_class,
        period_type,
        period_start,
        cast(0 as decimal(28, 10)) as severity,
        'Not seen: ' || {{ dbt.listagg('kpi_label', "', '", 'order by kpi_label') }}
        || ' (' || reason || ')' as risk,
        'owner of the pipeline' as owner,
        'neutral' as tone

    from cards
    where value is null and reason like 'source not connected%'
    group by period_type, period_start, reason

)

select * from risks
