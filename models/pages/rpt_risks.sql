-- One row per month or quarter and risk, the most pressing first: alarms, then the widest gaps to a
-- target, then money spent on leads nobody contacted, then what no source tells.

with

alignment as (

    select * from {{ ref('int_reports__alignment') }}

),

target_gaps as (

    select * from {{ ref('int_reports__target_gaps') }}

),

unknown_values as (

    select
        kpi_values.period_type,
        kpi_values.period_start,
        kpi_values.reason_message,
        {{ dbt.listagg('catalogue.kpi_label', "', '", 'order by catalogue.kpi_label') }} as kpis

    from {{ ref('fct_kpi_values') }} as kpi_values
    inner join {{ ref('dim_kpis') }} as catalogue
        on kpi_values.kpi = catalogue.kpi
    where
        kpi_values.scope_type = 'company'
        and kpi_values.period_type in ('month', 'quarter')
        and kpi_values.reason_code = 'not_connected'
        and catalogue.aggregation != 'derived'
    group by kpi_values.period_type, kpi_values.period_start, kpi_values.reason_message

),

alarms as (

    select * from alignment
    where status_code = 'both_green_company_red'

),

risks as (

    select
        1 as risk_class,
        period_type,
        period_start,
        cast(company_attainment as decimal(28, 10)) as severity,
        {{ message('risks.alarm', {
            'line': 'scope_label',
            'attainment': as_attainment('company_attainment'),
            'ignored': as_percent(
                'case when ' ~ is_worth_telling('ignored_lead_rate') ~ ' then ignored_lead_rate end', 0
            )
        }) }} as risk_message,
        'departments' as owner,
        'bad' as tone

    from alarms

    union all

    -- An alarm names its revenue already; an expensive lead is no loss by itself, so it comes late.
    select
        case when target_gaps.kpi = 'cost_per_lead' then 4 else 2 end as risk_class,
        target_gaps.period_type,
        target_gaps.period_start,
        target_gaps.attainment as severity,
        target_gaps.risk_message,
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
        -cast(wasted_spend as decimal(28, 10)) as severity,
        {{ message('risks.wasted', {
            'line': 'scope_label',
            'cost': as_money('wasted_spend'),
            'rate': as_percent('ignored_lead_rate', 0)
        }) }} as risk_message,
        'sales' as owner,
        'warn' as tone

    from alignment
    where wasted_spend > 0 and scope_type = 'product_line'

    union all

    select
        5 as risk_class,
        period_type,
        period_start,
        cast(0 as decimal(28, 10)) as severity,
        {{ message('risks.unseen', {
            'kpis': 'kpis', 'reason': as_message('reason_message')
        }) }} as risk_message,
        'pipeline' as owner,
        'neutral' as tone

    from unknown_values

),

ranked_risks as (

    select
        *,
        row_number() over (
            partition by period_type, period_start order by risk_class, severity, risk_message
        ) as risk_rank

    from risks

)

select
    risks.period_type,
    risks.period_start,
    periods.period_label,
    cast(risks.risk_class as integer) as risk_class,
    risks.risk_message,
    {{ message('risks.owner', {'owner': 'risks.owner'}) }} as owner_message,
    risks.tone,
    risks.risk_rank

from ranked_risks as risks
inner join {{ ref('dim_periods') }} as periods
    on risks.period_type = periods.period_type
    and risks.period_start = periods.period_start
where risks.risk_rank <= 8
