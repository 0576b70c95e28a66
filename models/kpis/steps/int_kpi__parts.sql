-- One row per KPI, day and combination of dimensions: the additive parts of every KPI together.

{% for kpi in kpi_models() %}
select
    '{{ kpi }}' as kpi,
    *
from {{ ref('kpi_' ~ kpi) }}
{% if not loop.last %}
union all
{% endif %}
{% endfor %}
