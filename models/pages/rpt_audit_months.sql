-- One row per month and measure of audits: the share overturned, the money recovered, its cost.

{% set measures = {
    'overturned_share': ('rejection_overturn_rate', 'value'),
    'reclaimed_amount': ('qa_return', 'numerator'),
    'cost_amount': ('qa_return', 'denominator'),
} %}

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type = 'month' and scope_type = 'company'

),

audit_months as (

    {% for measure, (kpi, part) in measures.items() %}
    select
        period_start as month_start,
        '{{ measure }}' as measure,
        cast({{ part }} as decimal(28, 6)) as value

    from kpi_values
    where kpi = '{{ kpi }}'
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    month_start,
    measure,
    {{ message('qa.measure', {'measure': 'measure'}) }} as measure_label_message,
    value

from audit_months
where value is not null
