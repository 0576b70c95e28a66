-- One row per month or quarter: the alert "both green, company red", or that there is none.

with

alignment as (

    select * from {{ ref('int_reports__alignment') }}

),

alarms as (

    select
        period_type,
        period_start,
        {{ dbt.listagg(
            "case when scope_type = 'product_line' then scope_label end",
            "', '", 'order by scope_rank'
        ) }} as alarmed_lines,
        max(case when scope_type = 'company' then company_attainment end) as company_attainment

    from alignment
    where status_code = 'both_green_company_red'
    group by period_type, period_start

),

answers as (

    select
        alignment.period_type,
        alignment.period_start,
        alignment.period_label,
        case
            when alarms.period_start is not null
                then {{ message('leadership.alarm', {
                    'period': as_period('alignment.period_type', 'alignment.period_start'),
                    'company': as_attainment('alarms.company_attainment'),
                    'lines': 'alarms.alarmed_lines'
                }) }}
            else {{ message('leadership.no_alarm', {
                'status': 'alignment.status_code',
                'period': as_period('alignment.period_type', 'alignment.period_start'),
                'marketing': as_attainment('alignment.marketing_attainment'),
                'sales': as_attainment('alignment.sales_attainment'),
                'company': as_attainment('alignment.company_attainment')
            }) }}
        end as alarm_message,
        case
            when
                alarms.period_start is not null
                and {{ is_worth_telling('alignment.ignored_lead_rate') }}
                then {{ ignored_message('alignment') }}
        end as ignored_message,
        case when alarms.period_start is null then alignment.reason_message end as reason_message,
        case when alarms.period_start is not null then 'bad' else alignment.tone end as tone

    from alignment
    left join alarms
        on alignment.period_type = alarms.period_type
        and alignment.period_start = alarms.period_start
    where alignment.scope_type = 'company'

)

select
    period_type,
    period_start,
    period_label,
    {{ messages(['alarm_message', 'ignored_message', 'reason_message']) }} as sentence_message,
    tone

from answers
