{#
    Passes when each list of columns in `unique` names a row (nulls count as a value) and no column
    in `not_null` is ever empty. One query per model: a row per broken promise, with its count.
#}
{% test row_key(model, unique=[], not_null=[]) %}

{% for columns in unique %}
select
    'unique: {{ columns | join(", ") }}' as broken_rule,
    count(*) as row_count
from (
    select {{ columns | join(', ') }}
    from {{ model }}
    group by {{ columns | join(', ') }}
    having count(*) > 1
) as repeated_keys
having count(*) > 0
{% if not loop.last or not_null %}
union all
{% endif %}
{% endfor %}
{% if not_null %}
select
    broken_rule,
    row_count
from (
    {% for column in not_null %}
    select
        'not null: {{ column }}' as broken_rule,
        count(*) - count({{ column }}) as row_count
    from {{ model }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
) as empty_columns
where row_count > 0
{% endif %}

{% endtest %}
