{#
    The parts of measures rolled up to one scope. Details and other models than the default are asked
    for by month and longer: there a part stands on the first day of its month.
#}
{% macro parts_of_scope(scope) %}
{%- set traits = kpi_scopes()[scope] -%}
{%- set columns = [] -%}
{%- for dimension in traits.dimensions -%}
{%- do columns.append('parts.' ~ kpi_dimensions()[dimension]) -%}
{%- endfor -%}
{%- set coarse = 'true' if traits.is_detail
    else "coalesce(parts.attribution_model, 'default') != 'default'" -%}
{%- set month = dbt.date_trunc('month', 'parts.date_day') -%}
{%- set part_day -%}
cast(case when {{ coarse }} then {{ month }} else parts.date_day end as date)
{%- endset -%}
    select
        parts.measure,
        parts.attribution_model,
        '{{ scope }}' as scope_type,
        {% if traits.is_detail %}
        cast(null as string) as scope_id,
        {% elif scope == 'company' %}
        'company' as scope_id,
        {% else %}
        coalesce({{ columns[0] }}, 'unattributed') as scope_id,
        {% endif %}
        {% for column in detail_columns() %}
        {% if traits.is_detail and 'parts.' ~ column in columns %}
        coalesce(parts.{{ column }}, 'unattributed') as {{ column }},
        {% else %}
        cast(null as string) as {{ column }},
        {% endif %}
        {% endfor %}
        {{ coarse }} as is_coarse,
        {{ part_day }} as part_day,
        sum(parts.value) as value,
        sum(parts.unknown_parts) as unknown_parts,
        sum(parts.pending_parts) as pending_parts

    from parts
    where
        parts.measure in ({{ measures_of_scope(scope) }})
        {% if not traits.by_model %}
        and coalesce(parts.attribution_model, 'default') = 'default'
        {% endif %}
    group by
        parts.measure,
        parts.attribution_model,
        {% for column in columns %}
        {{ column }},
        {% endfor %}
        {{ part_day }}
{%- endmacro %}
