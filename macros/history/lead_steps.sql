{#
    The one order of the stages of a lead: that of things that happened in the same second, an exit
    last. Numbers of lead steps leave room for those of deals (650 opened, 660 stage, 700 closed), of money (900) and of the client.
#}
{% macro lead_step_order(event_type) -%}
    case {{ event_type }}
        when 'inquiry' then 20
        when 'mql' then 400
        when 'assigned' then 500
        when 'sal' then 600
        when 'sql' then 610
        when 'opportunity' then 620
        when 'customer' then 710
        else 720
    end
{%- endmacro %}
