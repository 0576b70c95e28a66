{#
    The scopes KPIs are rolled up to, and the dimensions each combines. A detail stands in
    fct_kpi_details: it has no weeks, and a row only where there is anything. `by_model` scopes are
    rolled up under every attribution model beside the default.
#}
{% macro kpi_scopes() %}
    {{ return({
        'company': {'dimensions': [], 'is_detail': false, 'by_model': true},
        'department': {'dimensions': ['department'], 'is_detail': false, 'by_model': false},
        'channel': {'dimensions': ['channel'], 'is_detail': false, 'by_model': true},
        'campaign': {'dimensions': ['campaign'], 'is_detail': false, 'by_model': false},
        'product_line': {'dimensions': ['product_line'], 'is_detail': false, 'by_model': false},
        'person': {'dimensions': ['person'], 'is_detail': false, 'by_model': false},
        'channel_campaign':
            {'dimensions': ['channel', 'campaign'], 'is_detail': true, 'by_model': true},
        'channel_landing_page':
            {'dimensions': ['channel', 'landing_page'], 'is_detail': true, 'by_model': true},
        'product_line_person':
            {'dimensions': ['product_line', 'person'], 'is_detail': true, 'by_model': false},
    }) }}
{% endmacro %}

{# The measures, as a list for SQL, that can be rolled up to a scope: those with its dimensions. #}
{% macro measures_of_scope(scope) %}
{%- set names = [] -%}
{%- for measure, traits in kpi_measures().items() -%}
{%- if kpi_scopes()[scope].dimensions | reject('in', traits.dimensions) | list | length == 0 -%}
{%- do names.append("'" ~ measure ~ "'") -%}
{%- endif -%}
{%- endfor -%}
{{ names | join(', ') }}
{%- endmacro %}

{# Measures whose parts differ by attribution model, as a list for SQL. #}
{% macro modelled_measures() %}
{%- set names = [] -%}
{%- for measure, traits in kpi_measures().items() if 'attribution_model' in traits.dimensions -%}
{%- do names.append("'" ~ measure ~ "'") -%}
{%- endfor -%}
{{ names | join(', ') }}
{%- endmacro %}

{# The measures with a trait, or with one value of it, as a list for SQL. #}
{% macro measures_with(trait, value=true) %}
{%- set names = [] -%}
{%- for measure, traits in kpi_measures().items() if traits[trait] == value -%}
{%- do names.append("'" ~ measure ~ "'") -%}
{%- endfor -%}
{{ names | join(', ') }}
{%- endmacro %}

{# The scopes with a trait, as a list for SQL. #}
{% macro scopes_with(trait) %}
{%- set names = [] -%}
{%- for scope, traits in kpi_scopes().items() if traits[trait] -%}
{%- do names.append("'" ~ scope ~ "'") -%}
{%- endfor -%}
{{ names | join(', ') }}
{%- endmacro %}

{# Whether both sides of a KPI know all dimensions of a total's scope; of one side there is no ratio. #}
{% macro has_both_sides(catalogue, totals) -%}
    case {{ totals }}.scope_type
        {% for scope, traits in kpi_scopes().items() if traits.is_detail %}
        when '{{ scope }}'
            then
                {{ catalogue }}.numerator in ({{ measures_of_scope(scope) }})
                and coalesce({{ catalogue }}.denominator, {{ catalogue }}.numerator)
                in ({{ measures_of_scope(scope) }})
        {% endfor %}
        else true
    end
{%- endmacro %}

{# The dimensions a detail names its members by. #}
{% macro detail_columns() %}
    {{ return(['channel_id', 'campaign_id', 'landing_page', 'product_line_id', 'person_id']) }}
{% endmacro %}

{#
    The attribution models KPIs are computed under: "default", and each model of the rules for a KPI
    one of whose measures is shared out over touches.
#}
{% macro kpi_models(kpis) %}
    select
        kpi,
        'default' as attribution_model

    from {{ kpis }}

    union

    select
        {{ kpis }}.kpi,
        models.model as attribution_model

    from {{ kpis }}
    cross join {{ ref('attribution_models') }} as models
    where
        {{ kpis }}.numerator in ({{ modelled_measures() }})
        or {{ kpis }}.denominator in ({{ modelled_measures() }})
{%- endmacro %}

{# Whether the catalogue publishes a KPI at the type of a scope. #}
{% macro is_published(scopes, kpis) -%}
    '|' || {{ kpis }}.scopes || '|' like '%|' || {{ scopes }}.scope_type || '|%'
{%- endmacro %}
