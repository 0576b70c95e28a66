-- One row per range: how many rejected leads wait for an audit, how many rejections were
-- overturned and what those leads have paid since; what any audit recovered in it, and its cost.

{% set parts = [
    ('overturned_audits', 'bigint', 'rejection_overturn_rate', 'numerator'),
    ('audits', 'bigint', 'rejection_overturn_rate', 'denominator'),
    ('overturned_share', 'decimal(28, 10)', 'rejection_overturn_rate', 'value'),
    ('reclaimed_amount', 'decimal(28, 2)', 'qa_return', 'numerator'),
    ('cost_amount', 'decimal(28, 2)', 'qa_return', 'denominator'),
    ('qa_return', 'decimal(28, 10)', 'qa_return', 'value'),
] %}

with

ranges as (

    select * from {{ ref('dim_ranges') }}

),

range_values as (

    select
        period_type,
        period_start,
        {% for name, type, kpi, part in parts %}
        cast(max(case when kpi = '{{ kpi }}' then {{ part }} end) as {{ type }}) as {{ name }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}

    from {{ ref('fct_kpi_values') }}
    where scope_type = 'company' and kpi in ('rejection_overturn_rate', 'qa_return')
    group by period_type, period_start

),

-- One payment without a rate makes the sum unknown, not smaller.
own_amounts as (

    select
        ranges.range_id,
        case
            when count(*) = count(audits.reclaimed_amount) then sum(audits.reclaimed_amount)
        end as own_amount

    from ranges
    inner join {{ ref('fct_lead_audits') }} as audits
        on audits.audited_date >= ranges.range_start
        and audits.audited_date < ranges.counted_end
    where audits.is_judging
    group by ranges.range_id

),

measured_ranges as (

    select
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        audit_counts.*,
        coalesce(range_values.overturned_audits, 0) as overturned_audits,
        coalesce(range_values.audits, 0) as audits,
        range_values.overturned_share,
        case when range_values.cost_amount > 0 then range_values.cost_amount end as cost_amount,
        case
            when range_values.audits > 0 or range_values.reclaimed_amount != 0
                then range_values.reclaimed_amount
        end as reclaimed_amount,
        range_values.qa_return,
        case when range_values.overturned_audits > 0 then own_amounts.own_amount end as own_amount

    from ranges
    cross join {{ ref('int_reports__audit_counts') }} as audit_counts
    left join range_values
        on ranges.range_type = range_values.period_type
        and ranges.range_start = range_values.period_start
    left join own_amounts
        on ranges.range_id = own_amounts.range_id

),

worded_ranges as (

    select
        *,
        {{ message('qa.headline.waiting', {
            'waiting': 'waiting_leads',
            'too_old': 'too_old_leads',
            'overdue': 'overdue_leads',
            'share': "case overdue_leads when 0 then 'none' when waiting_leads then 'all' "
                ~ "else 'some' end",
        }) }} as waiting_message,
        case
            when too_old_leads > 0
                then {{ message('qa.headline.too_old', {'count': 'too_old_leads'}) }}
        end as too_old_message,
        {{ message('qa.headline.audits', {
            'period': as_period('range_type', 'range_start'),
            'audits': 'audits',
            'overturned': 'overturned_audits',
            'share': as_percent('overturned_share', 0),
            'amount': as_money('own_amount'),
        }) }} as audits_message,
        case
            when reclaimed_amount is not null
                then {{ message('qa.headline.recovered', {
                    'amount': as_money('reclaimed_amount'),
                    'audits': 'audits',
                    'cost': as_money('cost_amount'),
                }) }}
        end as recovered_message

    from measured_ranges

)

select
    range_id,
    case
        when not has_lead_events then {{ message('qa.headline.no_lead_events') }}
        when not has_audits and waiting_leads + too_old_leads = 0
            then {{ message('qa.headline.nothing') }}
        when not has_audits
            then {{ messages([
                'waiting_message', 'too_old_message', message('qa.headline.no_audits')
            ]) }}
        else {{ messages([
            'waiting_message', 'too_old_message', 'audits_message', 'recovered_message'
        ]) }}
    end as sentence_message,
    case
        when not has_lead_events or not has_audits then 'neutral'
        when overdue_leads > 0 or qa_return < 1 then 'warn'
        when qa_return >= 1 then 'good'
        else 'neutral'
    end as tone

from worded_ranges
