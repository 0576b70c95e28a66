{# Rendered from pipelines/contracts by `npm run render`; edit the contract. #}

{# Streams of records that their system can delete. #}
{% macro deletable_streams() -%}
    {{ return([
        'leads',
        'lead_events',
        'deals',
        'payments',
        'activities',
        'lead_audits',
        'internal_requests',
        'complaints',
    ]) }}
{%- endmacro %}

{# Streams of records of which one can take in another, and what such a record is. #}
{% macro mergeable_streams() -%}
    {{ return({
        'leads': 'lead',
        'deals': 'deal',
    }) }}
{%- endmacro %}
