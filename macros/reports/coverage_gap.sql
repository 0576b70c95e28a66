{# What is lacking, in words: columns of fct_coverage_gaps, the days cut to those that matter here. #}
{% macro coverage_gap(first_date='first_date', last_date='last_date') -%}
    {{ return(message('kpi.reason.gap', {
        'source': as_message(message('data_health.source', {'stream': 'stream'})),
        'account': "case when account = '' then input_name else account end",
        'gap': 'gap_code',
        'rows': 'row_count',
        'amount': as_exact_money('case when is_money then amount end', 'currency_code'),
        'from': as_day(first_date),
        'to': as_day(last_date),
        'days': '(' ~ dbt.datediff(first_date, last_date, 'day') ~ ') + 1'
    })) }}
{%- endmacro %}
