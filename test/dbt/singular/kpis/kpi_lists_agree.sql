-- A KPI stands in three places: a model kpi_<name>, the roll-up list and the catalogue. A row here
-- is a KPI that one of them lacks.
{% set models = [] %}
{% for node in graph.nodes.values()
    if node.resource_type == 'model' and node.name.startswith('kpi_') %}
{% do models.append(node.name[4:]) %}
{% endfor %}

with

places as (

    {% for kpi in models %}
    select '{{ kpi }}' as kpi, 'model' as place
    union all
    {% endfor %}
    {% for kpi in kpi_models() %}
    select '{{ kpi }}' as kpi, 'roll-up list' as place
    union all
    {% endfor %}
    select distinct kpi, 'catalogue' as place
    from {{ ref('kpi_catalogue') }}
    where aggregation != 'derived'

)

select kpi, count(distinct place) as place_count
from places
group by kpi
having count(distinct place) != 3
