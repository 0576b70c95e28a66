{# The reason of a KPI in words, for sentences that are not yet messages; goes with the last of them. #}
{% macro kpi_reason_text() -%}
    case reason_code
        when 'not_connected'
            then 'source not connected: ' || json_extract_string(reason_message, '$.stream')
        when 'no_lost_deals' then 'the deals source delivers no lost deals'
        when 'no_verdicts' then 'the lead_events source delivers no verdicts'
        when 'before_data'
            then 'no data delivered before ' || json_extract_string(reason_message, '$.day.day')
        when 'after_data'
            then 'no data delivered after ' || json_extract_string(reason_message, '$.day.day')
        when 'unknown_parts'
            then json_extract_string(reason_message, '$.parts') || ': '
                || json_extract_string(reason_message, '$.count')
        when 'zero_denominator' then json_extract_string(reason_message, '$.reason')
        when 'zero_numerator' then 'no ad spend at this scope in this period'
        when 'no_target' then 'no target for this KPI, scope and period'
        when 'zero_divisor' then 'an attainment cannot be divided by zero'
    end
{%- endmacro %}
