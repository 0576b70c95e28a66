-- One row per range: how many turned-down leads wait for a second look, how many were given back
-- and what those have paid since; what came back in the range, from any audit, against its cost.

with

ranges as (

    select * from {{ ref('rpt_ranges') }}

),

audit_counts as (

    select * from {{ ref('int_reports__audit_counts') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type = 'company' and kpi in ('rejection_overturn_rate', 'qa_return')

),

{% set parts = [
    ('overturned_audits', 'rejection_overturn_rate', 'numerator'),
    ('audits', 'rejection_overturn_rate', 'denominator'),
    ('overturned_share', 'rejection_overturn_rate', 'value'),
    ('reclaimed_amount', 'qa_return', 'numerator'),
    ('cost_amount', 'qa_return', 'denominator'),
    ('qa_return', 'qa_return', 'value'),
] %}

range_values as (

    select
        {% for name, kpi, part in parts %}
        max(case when kpi = '{{ kpi }}' then {{ part }} end) as {{ name }},
        {% endfor %}
        period_type,
        period_start

    from kpi_values
    group by period_type, period_start

),

audit_results as (

    select * from {{ ref('rpt_audit_results') }}
    where part_type = 'all'

),

measured_ranges as (

    select
        ranges.*,
        audit_counts.*,
        range_values.overturned_audits,
        coalesce(range_values.audits, 0) as audits,
        range_values.overturned_share,
        range_values.reclaimed_amount,
        range_values.cost_amount,
        range_values.qa_return,
        audit_results.reclaimed_amount as own_amount

    from ranges
    cross join audit_counts
    left join range_values
        on ranges.range_type = range_values.period_type
        and ranges.range_start = range_values.period_start
    left join audit_results
        on ranges.range_id = audit_results.range_id

),

worded_ranges as (

    select
        *,
        case
            when waiting_leads = 0
                then
                    'No '
                    || case when too_old_leads > 0 then 'recently ' else '' end
                    || 'turned-down lead waits for a second look.'
            when waiting_leads = 1
                then
                    '1 turned-down lead waits for a second look'
                    || case when overdue_leads = 1 then ' and is overdue.' else '.' end
            else
                {{ amount_text('waiting_leads') }} || ' turned-down leads wait for a second look'
                || case
                    when overdue_leads = 0 then ', all of them in time.'
                    when overdue_leads = waiting_leads then ', all of them overdue.'
                    else ', ' || {{ amount_text('overdue_leads') }} || ' of them overdue.'
                end
        end
        || case
            when too_old_leads = 0 then ''
            else
                ' ' || {{ amount_text('too_old_leads') }}
                || ' more were never looked at and are too old now.'
        end as waiting_text,
        case
            when audits = 0 then 'no rejection was audited'
            else
                {{ amount_text('overturned_audits') }} || ' of ' || {{ amount_text('audits') }}
                || case when audits = 1 then ' audited rejection' else ' audited rejections' end
                || case when overturned_audits = 1 then ' was' else ' were' end
                || ' overturned (' || {{ rate_text('overturned_share') }} || ')'
                || case
                    when overturned_audits > 0
                        then
                            coalesce(
                                ' and brought ' || {{ money_text('own_amount') }} || ' so far', ''
                            )
                    else ''
                end
        end as overturned_text,
        case
            when reclaimed_amount is null or (reclaimed_amount = 0 and audits = 0) then ''
            else
                '; ' || {{ money_text('reclaimed_amount') }} || ' came back in that time from '
                || case when audits = 0 then 'earlier audits' else 'these and earlier audits' end
                || case
                    when cost_amount > 0
                        then
                            ', against ' || {{ money_text('cost_amount') }}
                            || ' of the analyst''s time'
                    else ''
                end
        end as return_text

    from measured_ranges

)

select
    'company' as scope_type,
    'company' as scope_id,
    range_type as period_type,
    range_start as period_start,
    range_label as period_label,
    is_default as is_latest_final,
    case
        when not has_lead_events
            then
                'It is not known which leads sales turned down, so none can be looked at again:'
                || ' the source “lead_events” is not connected.'
        when not has_audits and waiting_leads + too_old_leads = 0
            then
                'Sales has turned no lead down, and no audits are connected (source'
                || ' “lead_audits”).'
        when not has_audits
            then
                waiting_text || ' No analyst''s verdict is known: the source “lead_audits” is'
                || ' not connected.'
        else
            waiting_text || ' '
            || {{ range_phrase('range_type', 'range_label') }}
            || overturned_text || return_text || '.'
    end as sentence,
    case
        when not has_lead_events or not has_audits then 'neutral'
        when overdue_leads > 0 or qa_return < 1 then 'warn'
        when qa_return >= 1 then 'good'
        else 'neutral'
    end as tone

from worded_ranges
