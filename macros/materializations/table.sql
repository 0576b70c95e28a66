{#
    Replaces a table in one statement. The adapter's own way builds beside it, renames twice and drops,
    in two transactions: with hundreds of small models that took as long as the models themselves.
    The whole statement is one transaction, so readers and a killed run see the old table or the new one.
#}
{% materialization table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {% if existing is not none and not existing.is_table %}
        {{ drop_relation_if_exists(existing) }}
    {% endif %}

    {% call statement('main') %}
        {% if config.get('contract').enforced %}
            {{ get_assert_columns_equivalent(sql) }}
            create or replace table {{ target }} as
            select {{ model.columns | join(', ') }}
            from (
                {{ sql }}
            ) as model_rows
        {% else %}
            create or replace table {{ target }} as (
                {{ sql }}
            )
        {% endif %}
    {% endcall %}
    {{ adapter.commit() }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}


{# As tables are: one statement. #}
{% materialization view, adapter='duckdb' %}
    {%- set target = this.incorporate(type='view') -%}
    {%- set existing = load_cached_relation(this) -%}
    {% if existing is not none and not existing.is_view %}
        {{ drop_relation_if_exists(existing) }}
    {% endif %}

    {% call statement('main') %}
        create or replace view {{ target }} as (
            {{ sql }}
        )
    {% endcall %}
    {{ adapter.commit() }}

    {{ return({'relations': [target]}) }}
{% endmaterialization %}
