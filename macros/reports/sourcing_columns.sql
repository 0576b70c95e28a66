{# Measures of int_reports__channel_kpis (all where none is named), rounded as pages show them. #}
{% macro sourcing_columns(relation, measures=none) -%}
    {% set types = {
        'spend_amount': 'decimal(28, 2)',
        'visits': 'bigint',
        'leads': 'bigint',
        'qualified_share': 'decimal(28, 6)',
        'worked_share': 'decimal(28, 6)',
        'ignored_leads': 'bigint',
        'wasted_amount': 'decimal(28, 2)',
        'won_deals': 'decimal(28, 4)',
        'closed_deals': 'decimal(28, 4)',
        'win_rate': 'decimal(28, 6)',
        'collected_amount': 'decimal(28, 2)',
        'cost_per_won': 'decimal(28, 2)',
        'roas': 'decimal(28, 4)',
        'median_days_to_close': 'decimal(28, 1)',
        'cost_per_lead': 'decimal(28, 2)',
    } %}
    {% for measure in measures or types %}
    cast({{ relation }}.{{ measure }} as {{ types[measure] }}) as {{ measure }}{{ ',' if not loop.last }}
    {% endfor %}
{%- endmacro %}
