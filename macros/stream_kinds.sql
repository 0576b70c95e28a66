{# Rendered from pipelines/contracts by `npm run render`; edit the contract. #}

{# Streams whose source speaks day by day. #}
{% macro daily_streams() -%}
    ('ad_spend', 'sessions', 'visit_counts')
{%- endmacro %}

{# Those of them that may have a quiet day. #}
{% macro daily_streams_with_quiet_days() -%}
    ('sessions')
{%- endmacro %}

{# Streams whose rows are money. #}
{% macro money_streams() -%}
    ('ad_spend', 'deals', 'payments')
{%- endmacro %}

{# Streams that know the day of an event alone. #}
{% macro day_streams() -%}
    ('ad_spend', 'visit_counts')
{%- endmacro %}

{# The company's calendar day of an event. #}
{% macro event_date(stream, event) -%}
    case
        when {{ stream }} in {{ day_streams() }} then cast({{ event }} as date)
        else {{ company_date(event) }}
    end
{%- endmacro %}
