{#
    The parts by which sourcing is shown, and the columns that name a member of each. What names no
    channel, campaign or page stays a row of its own, so that the rows of a part add up to 'all'.
#}
{% macro sourcing_scopes() %}
    {{ return({
        'all': [],
        'channel': ['channel_id'],
        'campaign': ['channel_id', 'campaign_id'],
        'landing_page': ['channel_id', 'landing_page'],
    }) }}
{% endmacro %}

{# The three columns that name a member of a scope, read from a relation. #}
{% macro sourcing_member(scope_type, relation) %}
    '{{ scope_type }}' as scope_type,
    {% for column in ['channel_id', 'campaign_id', 'landing_page'] %}
    {% if column in sourcing_scopes()[scope_type] %}
    coalesce({{ relation }}.{{ column }}, '{{ "unattributed" if column == "channel_id" else "none" }}')
        as {{ column }},
    {% else %}
    'all' as {{ column }},
    {% endif %}
    {% endfor %}
{% endmacro %}
