-- One row per month or quarter: whether the company earns and its departments pull together, in
-- words.

with

alignment as (

    select * from {{ ref('rpt_alignment') }}
    where scope_type = 'company'

),

since_plan as (

    select * from {{ ref('int_headlines__since_plan') }}

),

described_periods as (

    select
        *,
        {{ percent_text('marketing_attainment') }} as marketing_text,
        {{ percent_text('sales_attainment') }} as sales_text,
        {{ percent_text('company_attainment') }} as company_text

    from alignment

),

answers as (

    select
        'company' as scope_type,
        'company' as scope_id,
        described_periods.period_type,
        described_periods.period_start,
        described_periods.period_label,
        described_periods.is_latest_final,
        case described_periods.status
            when 'All on target'
                then
                    'In ' || period_label || ' we earn and pull together: marketing is at '
                    || marketing_text || ' of its target, sales at ' || sales_text
                    || ' and the company at ' || company_text || '.'
            when 'Both green, company red'
                then
                    'In ' || period_label || ' marketing (' || marketing_text || ') and sales ('
                    || sales_text || ') both hit their targets while the company reached only '
                    || company_text || ' of its own'
                    || case
                        when {{ is_worth_telling('ignored_lead_rate') }}
                            then
                                ': ' || {{ rate_text('ignored_lead_rate') }}
                                || ' of assigned leads were ignored'
                                || case
                                    when wasted_spend_amount > 0
                                        then
                                            ' and ' || {{ money_text('wasted_spend_amount') }}
                                            || ' of advertising went to them'
                                    else ''
                                end
                        else ''
                    end
                    || '.'
            when 'Not measured'
                then
                    coalesce(
                        'In ' || period_label || ' there were '
                        || {{ amount_text('won_deals_count') }} || ' won deals and '
                        || {{ amount_text('leads_count') }} || ' leads. ', ''
                    )
                    || 'Whether the departments pull together cannot be said (' || reason || ').'
            else
                'In ' || period_label || ' the company reached ' || company_text
                || ' of its target; marketing is at ' || marketing_text || ', sales at '
                || sales_text || ' of theirs.'
        end
        || coalesce(since_plan.sentence, '') as sentence,
        described_periods.tone

    from described_periods
    left join since_plan
        on described_periods.period_type = since_plan.period_type
        and described_periods.period_start = since_plan.period_start

)

select * from answers
