{#- The pages that have an answer; each has a model int_headlines__<page> of the same columns. -#}
{#- Those that still build their sentence themselves. -#}
{%- set with_own_words = [
    'overview', 'leadership', 'marketing', 'channel',
] -%}
{%- set pages_by_model = ['marketing', 'channel'] -%}
{%- set pages = [
    'overview', 'leadership', 'marketing', 'channel', 'lead_quality', 'qa',
    'definitions', 'data_health',
] -%}

-- One row per page, scope, attribution model (of pages on which a reader chooses one) and period:
-- the page's answer in one sentence.

with

headlines as (

    {% for page in pages %}
    select
        cast('{{ page }}' as varchar) as page,
        cast(scope_type as varchar) as scope_type,
        cast(scope_id as varchar) as scope_id,
        cast({{ 'model' if page in pages_by_model else 'null' }} as varchar) as model,
        cast(period_type as varchar) as period_type,
        cast(period_start as date) as period_start,
        cast(period_label as varchar) as period_label,
        coalesce(is_latest_final, false) as is_latest_final,
        {{ message('plain', {'text': 'sentence'}) if page in with_own_words else 'sentence_message' }}
            as sentence_message,
        cast(tone as varchar) as tone

    from {{ ref('int_headlines__' ~ page) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from headlines
