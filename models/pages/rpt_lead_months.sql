-- One row per lead month and line of a chart: average points (ICP fit, readiness), or the share of
-- qualified and of all leads that has paid, of months that can be evaluated.

with

scores as (

    select
        {{ month_of('created_date') }} as lead_month,
        rule_set as measure,
        points

    from {{ ref('fct_lead_scores') }}
    where rule_set in ('icp_fit', 'readiness') and points is not null

),

-- Two versions can share a month: a version begins on any day.
quality as (

    select
        lead_month,
        sum(judged_leads) as judged_leads,
        sum(qualified_leads) as qualified_leads,
        sum(collected_leads) as collected_leads,
        sum(qualified_collected_leads) as qualified_collected_leads

    from {{ ref('fct_qualification_quality') }}
    where period_type = 'month' and is_judged
    group by lead_month

),

lead_months as (

    select
        lead_month,
        measure,
        count(*) as leads,
        avg(points) as value

    from scores
    group by lead_month, measure

    {% for measure, paid, leads in [
        ('qualified_paid', 'qualified_collected_leads', 'qualified_leads'),
        ('all_paid', 'collected_leads', 'judged_leads'),
    ] %}
    union all

    select
        lead_month,
        '{{ measure }}' as measure,
        {{ leads }} as leads,
        {{ paid }} / nullif({{ leads }}, 0) as value

    from quality
    {% endfor %}

)

select
    lead_month,
    measure,
    {{ message('lead_quality.measure', {'measure': 'measure'}) }} as measure_label_message,
    cast(leads as bigint) as leads,
    cast(value as decimal(28, 6)) as value

from lead_months
