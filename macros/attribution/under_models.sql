{#
    Credit under the model that gave it and, of the model that was the default when the deal came about,
    once more under "default".
#}
{% macro under_models(credit, columns) -%}
    {%- for model, condition in [('model', 'true'), ("'default'", 'is_default')] %}
    select
        {% for column in columns %}
        {{ column }},
        {% endfor %}
        cast({{ model }} as string) as attribution_model

    from {{ credit }}
    where {{ condition }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
{%- endmacro %}
