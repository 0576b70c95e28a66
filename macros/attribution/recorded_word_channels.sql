{# What channel rules make of a channel that is recorded in one word, without a visit that tells more. #}
{% macro recorded_word_channels() -%}
    select * from {{ ref('int_attribution__signal_channels') }}
    where
        utm_source = ''
        and utm_medium = ''
        and utm_campaign = ''
        and click_id = ''
        and referrer_host = ''
{%- endmacro %}
