{#
    A tag of web analytics, null where it is one of the words analytics tools write for "nothing"
    (in any case, with blanks or hyphens): taken at its word, "(not set)" would be a campaign, and
    a direct visit one of an unknown channel. pipelines/run/check-channel-rules.ts has the same list.
#}
{% macro clean_tag(column) -%}
    case
        when
            {{ channel_signal(column) }} not in (
                '(direct)', '(none)', '(not_set)', '(not_provided)', '(data_not_available)',
                '(other)', '(organic)', '(referral)', '(ai_assistant)', 'none', 'null', '(null)',
                'undefined', 'not_set', 'n/a', '_', '__'
            )
            then {{ clean_text(column) }}
    end
{%- endmacro %}
