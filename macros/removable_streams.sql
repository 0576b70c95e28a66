{# Rendered from pipelines/contracts by `npm run render`; edit the contract. #}

{# Streams of records that their system can delete. #}
{% macro deletable_streams() -%}
    {{ return([
        'leads',
        'lead_touches',
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

{# Streams of records that are known by their key, and the columns of it. #}
{% macro keyed_streams() -%}
    {{ return({
        'sessions': ['session_id'],
        'leads': ['lead_id'],
        'lead_touches': ['touch_id'],
        'lead_events': ['event_id'],
        'deals': ['deal_id'],
        'deal_stage_history': ['deal_id', 'stage', 'entered_at'],
        'payments': ['payment_id'],
        'activities': ['activity_id'],
        'lead_answers': ['lead_id', 'question_id', 'answered_at'],
        'lead_audits': ['audit_id'],
        'internal_requests': ['request_id'],
        'clock_pauses': ['record_type', 'record_id', 'paused_at'],
        'client_assignments': ['client_id', 'assigned_at'],
        'complaints': ['complaint_id'],
        'merges': ['record_type', 'merged_id'],
    }) }}
{%- endmacro %}
