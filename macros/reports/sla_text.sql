{# How a promise stands, in words: "kept, 12 business minutes", "still open, was due …". #}
{% macro sla_text(obligations) -%}
    case {{ obligations }}.status
        when 'met'
            then
                'kept'
                || coalesce(
                    ', ' || {{ amount_text(obligations ~ '.business_minutes') }}
                    || ' business minutes',
                    ''
                )
        when 'late' then 'late, was due ' || {{ instant_text(obligations ~ '.due_at') }}
        when 'breached' then 'still open, was due ' || {{ instant_text(obligations ~ '.due_at') }}
        when 'pending' then 'due ' || {{ instant_text(obligations ~ '.due_at') }}
        else {{ obligations }}.reason
    end
{%- endmacro %}

{# Red only for what can still be done. #}
{% macro sla_tone(obligations) -%}
    case {{ obligations }}.status
        when 'met' then 'good' when 'late' then 'warn' when 'breached' then 'bad' else 'neutral'
    end
{%- endmacro %}
