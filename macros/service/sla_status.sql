{#
    How a promise stands at the instant the data speaks for: kept (met, late) or open (pending,
    breached from the moment the due time passes). Null where nothing is agreed.
#}
{% macro sla_status(done_at, due_at, observed_until) -%}
    case
        when {{ due_at }} is null then null
        when {{ done_at }} <= {{ due_at }} then 'met'
        when {{ done_at }} is not null then 'late'
        when {{ due_at }} < {{ observed_until }} then 'breached'
        else 'pending'
    end
{%- endmacro %}
