{#- The pages that have an answer; each has a model int_headlines__<page> of the same columns. -#}
{%- set pages = ['definitions', 'data_health'] -%}

-- One row per page, scope and period: the page's answer in one sentence. A page whose answer
-- is a mart of its own leaves this list; the last one takes the model away.

with

headlines as (

    {% for page in pages %}
    select
        cast('{{ page }}' as varchar) as page,
        cast(scope_type as varchar) as scope_type,
        cast(scope_id as varchar) as scope_id,
        cast(period_type as varchar) as period_type,
        cast(period_start as date) as period_start,
        cast(period_label as varchar) as period_label,
        coalesce(is_latest_final, false) as is_latest_final,
        sentence_message,
        cast(tone as varchar) as tone

    from {{ ref('int_headlines__' ~ page) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from headlines
