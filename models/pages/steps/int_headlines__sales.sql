-- One row per range and person (company: everybody together): were leads answered in time, how many
-- were left lying, was the target reached, and who waits for a call now.

with

results as (

    select * from {{ ref('rpt_sales_results') }}
    where person_id != 'unattributed'

),

counts as (

    select * from {{ ref('rpt_unworked_counts') }}

),

ranges as (

    select * from {{ ref('rpt_ranges') }}

),

described_results as (

    select
        results.*,
        ranges.is_default,
        counts.call_now_leads as calls_due,
        counts.overdue_leads,
        case when results.is_total then 'sales' else results.person_label end as subject

    from results
    inner join ranges
        on results.range_id = ranges.range_id
    inner join counts
        on results.person_id = counts.person_id

)

select
    'sales' as page,
    case when is_total then 'company' else 'person' end as scope_type,
    case when is_total then 'company' else person_id end as scope_id,
    range_type as period_type,
    range_start as period_start,
    range_label as period_label,
    is_default as is_latest_final,
    case
        when calls_due > 0
            then
                case
                    when calls_due = 1 then '1 lead waits'
                    else {{ amount_text('calls_due') }} || ' leads wait'
                end
                || ' for a first call now'
                || case
                    when overdue_leads > 0
                        then ', ' || {{ amount_text('overdue_leads') }} || ' of them overdue'
                    else ''
                end
                || '. '
        else ''
    end
    || {{ range_phrase('range_type', 'range_label') }} || subject
    || case
        when sla_rate is null then ' has no response times to show'
        else
            ' answered '
            || {{ compared_kpi_text(
                'sla_rate', 'sla_target', exact_ratio('sla_rate', 'sla_target'), "'percent'"
            ) }}
            || ' of leads in time'
            || coalesce(' (target ' || {{ rate_text('sla_target') }} || ')', '')
            || coalesce(
                ', left ' || {{ amount_text('ignored_leads') }} || ' of '
                || {{ amount_text('judged_leads') }} || ' unworked',
                ''
            )
    end
    || case
        when booked_amount is not null
            then
                ' and booked ' || {{ money_text('booked_amount') }}
                || coalesce(', ' || {{ percent_text('booked_attainment') }} || ' of target', '')
        when won_deals is not null
            then
                ' and won ' || {{ amount_text('won_deals') }}
                || case when won_deals = 1 then ' deal' else ' deals' end
        else ''
    end
    || '.' as sentence,
    -- Leads left lying are money already spent: they weigh more than a missed target.
    case
        when sla_rate < sla_target then 'bad'
        when booked_attainment < 1 then 'warn'
        when sla_target is null and booked_attainment is null then 'neutral'
        else 'good'
    end as tone

from described_results
