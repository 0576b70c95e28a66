{# Text as channel rules compare it: lower case, words joined by underscores, '' where absent. #}
{% macro channel_signal(column) -%}
    coalesce(replace(replace(lower(trim({{ column }})), ' ', '_'), '-', '_'), '')
{%- endmacro %}

{# A click id as rules compare it: its beginning names the platform, the rest is unique to the click. #}
{% macro click_signal(column) -%}
    substring({{ channel_signal(column) }}, 1, 6)
{%- endmacro %}

{#
    The host of a web address: lower case, without scheme, port, path and www; '' where absent.
    An address without scheme is read as starting with its host. One pass, as there are many
    sessions; DuckDB and Spark read the pattern alike.
#}
{% macro host_of(address) -%}
    {%- set host = "'^(?:[a-z][a-z0-9+.-]*://)?(?:www[.])?([^/:?#]*)'" -%}
    coalesce(regexp_extract(lower(trim({{ address }})), {{ host }}, 1), '')
{%- endmacro %}

{#
    Whether a signal fits the pattern of a rule; an empty pattern fits anything. The pattern is read
    as the signal was (`reading`), so that it may be written as people write the signal.
#}
{% macro fits_rule(signal, pattern, reading=channel_signal) -%}
    ({{ pattern }} is null or {{ signal }} like {{ reading(pattern) }})
{%- endmacro %}

{# Whether a source, or its category, fits the pattern of a rule: `[social]` names a category. #}
{% macro source_fits_rule(signal, category, pattern, reading=channel_signal) -%}
    case
        when {{ pattern }} like '[%' then lower(trim({{ pattern }})) = '[' || {{ category }} || ']'
        else {{ fits_rule(signal, pattern, reading) }}
    end
{%- endmacro %}

{#
    The columns of what a visit or a recorded touch tells of its origin, as rules compare them. Beside
    the columns of the stream it reads `referrer_host` and `landing_host`.
#}
{% macro channel_signals() -%}
    {{ channel_signal('utm_source') }} as utm_source,
        {{ channel_signal('utm_medium') }} as utm_medium,
        {{ channel_signal('utm_campaign') }} as utm_campaign,
        {{ click_signal('click_id') }} as click_id,
        -- A page of the own site is not where a visitor came from.
        case when referrer_host = landing_host then '' else referrer_host end as referrer_host,
        {{ channel_signal('channel') }} as recorded_channel,
        -- The campaign as it is written: the id another system recorded, else the tag of the link.
        coalesce(campaign_id, utm_campaign) as campaign_text
{%- endmacro %}
