-- One row per month or quarter: the alert "both green, company red" in words, or that there is
-- none.

with

alignment as (

    select * from {{ ref('rpt_alignment') }}

),

company as (

    select * from alignment
    where scope_type = 'company'

),

alarms as (

    select
        period_type,
        period_start,
        {{ dbt.listagg(
            "case when scope_type = 'company' then 'the company' else scope_label end"
            ~ " || ' (' || " ~ percent_text('company_attainment') ~ " || ')'",
            "', '", 'order by scope_rank'
        ) }} as alarmed_scopes

    from alignment
    where status = 'Both green, company red'
    group by period_type, period_start

),

answers as (

    select
        'company' as scope_type,
        'company' as scope_id,
        company.period_type,
        company.period_start,
        company.period_label,
        company.is_latest_final,
        case
            when alarms.period_start is not null
                then
                    'Alert in ' || company.period_label || ': marketing and sales are both on '
                    || 'target while revenue is not, in ' || alarms.alarmed_scopes || '.'
                    || case
                        when {{ is_worth_telling('company.ignored_lead_rate') }}
                            then
                                ' ' || {{ rate_text('company.ignored_lead_rate') }}
                                || ' of assigned leads were ignored'
                                || case
                                    when company.wasted_spend_amount > 0
                                        then
                                            ', ' || {{ money_text('company.wasted_spend_amount') }}
                                            || ' of advertising went to them'
                                    else ''
                                end
                                || '.'
                        else ''
                    end
            when company.status = 'Not measured'
                then
                    'No alert can be given for ' || company.period_label || ' ('
                    || company.reason || ').'
            when company.company_attainment >= 1
                then
                    'No alert in ' || company.period_label || ': the company is at '
                    || {{ percent_text('company.company_attainment') }}
                    || ' of its target, marketing at '
                    || {{ percent_text('company.marketing_attainment') }} || ', sales at '
                    || {{ percent_text('company.sales_attainment') }} || '.'
            else
                'The company is below its target in ' || company.period_label || ' ('
                || {{ percent_text('company.company_attainment') }}
                || '), and so the departments see it too: marketing '
                || {{ percent_text('company.marketing_attainment') }} || ', sales '
                || {{ percent_text('company.sales_attainment') }} || '.'
        end as sentence,
        case when alarms.period_start is not null then 'bad' else company.tone end as tone

    from company
    left join alarms
        on company.period_type = alarms.period_type
        and company.period_start = alarms.period_start

)

select * from answers
