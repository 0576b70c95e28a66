{#- What a group of statements is: what all of them are, else the weakest among them. #}
{% macro weakest_status(status) -%}
case
    {% for weakest in ['incomplete', 'provisional', 'complete', 'signed', 'paid'] %}
    when count(case when {{ status }} = '{{ weakest }}' then 1 end) > 0 then '{{ weakest }}'
    {% endfor %}
end
{%- endmacro %}
