{#
    Why a line of pay differs from the same line before. `lines` has what it is now and, with `previous_`,
    what it was: value, target, factor, amount; and line_type, kpi, is_new, is_gone.
#}
{% macro line_change_code(lines) -%}
    case
        when {{ lines }}.is_new then 'new'
        when {{ lines }}.is_gone then 'gone'
        {% for column, code in [
            ('value', 'value'), ('target', 'target'), ('factor', 'factor'), ('amount', 'follows')
        ] %}
        when
            ({{ lines }}.kpi is not null or '{{ column }}' = 'amount')
            and coalesce(
                {{ lines }}.{{ column }} != {{ lines }}.previous_{{ column }},
                ({{ lines }}.{{ column }} is null) != ({{ lines }}.previous_{{ column }} is null)
            )
            {% if code == 'follows' %}
            -- Of the same result at the same factor, only what it is a share of can have changed.
            then case {{ lines }}.line_type when 'component' then 'amount' else 'follows' end
            {% else %}
            then '{{ code }}'
            {% endif %}
        {% endfor %}
        else 'same'
    end
{%- endmacro %}

{# The same as a message; `kpis` are those of the lines, whose money is in their currency, to the cent. #}
{% macro line_change_message(code, lines, kpis) -%}
    {%- set numbers = {} -%}
    {%- for place, column in [
        ('now', 'value'), ('was', 'previous_value'), ('target_now', 'target'),
        ('target_was', 'previous_target')
    ] -%}
        {%- set number = lines ~ '.' ~ column -%}
        {%- set target = lines ~ '.' ~ column.replace('value', 'target') -%}
        {%- set beside = target if 'value' in column else 'null' -%}
        {%- do numbers.update({place: 'case when ' ~ kpis ~ ".unit = 'currency' then "
            ~ as_exact_money(number, lines ~ '.currency_code')
            ~ ' else ' ~ as_kpi(number, kpis ~ '.unit', beside, 'null') ~ ' end'}) -%}
    {%- endfor -%}
    {{ return(message('pay.change', {
        'change': code,
        'kpi': kpis ~ '.kpi_label',
        'now': numbers.now,
        'was': numbers.was,
        'target_now': numbers.target_now,
        'target_was': numbers.target_was,
        'factor_now': as_number(lines ~ '.factor', 4),
        'factor_was': as_number(lines ~ '.previous_factor', 4)
    })) }}
{%- endmacro %}
