{# A KPI and whose it is: the company's has the plain name, "ROAS of marketing" is another number. #}
{% macro card_label(card_values, catalogue) -%}
    {{ return(message('cards.label', {
        'kpi': catalogue ~ '.kpi_label',
        'department': "nullif(" ~ card_values ~ ".scope_id, 'company')"
    })) }}
{%- endmacro %}
