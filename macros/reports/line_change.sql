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

{# The same as a message; `kpis` are those of the lines. #}
{% macro line_change_message(code, lines, kpis) -%}
    {{ return(message('pay.change', {
        'change': code,
        'kpi': kpis ~ '.kpi_label',
        'now': as_kpi(lines ~ '.value', kpis ~ '.unit', lines ~ '.target', 'null'),
        'was': as_kpi(
            lines ~ '.previous_value', kpis ~ '.unit', lines ~ '.previous_target', 'null'
        ),
        'target_now': as_kpi(lines ~ '.target', kpis ~ '.unit'),
        'target_was': as_kpi(lines ~ '.previous_target', kpis ~ '.unit'),
        'factor_now': as_number(lines ~ '.factor', 4),
        'factor_was': as_number(lines ~ '.previous_factor', 4)
    })) }}
{%- endmacro %}
