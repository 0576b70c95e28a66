{#
    The path of a landing page: the CRM records '/parts', the web analytics a whole address with its
    query.
#}
{% macro page_path(address) -%}
    case
        when {{ address }} is not null
            then coalesce(
                nullif(
                    regexp_replace(
                        regexp_replace({{ address }}, '^[a-zA-Z]+://[^/?#]*', ''), '[?#].*$', ''
                    ),
                    ''
                ),
                '/'
            )
    end
{%- endmacro %}

{# Page with the card of a lead. An id may hold anything a CRM can write. #}
{% macro lead_path(lead_id) -%}
    '/sales/lead/?id=' || url_encode({{ lead_id }})
{%- endmacro %}

{# Page with the statements of a payee. #}
{% macro statement_path(payee_id) -%}
    '/finance/statement/' || url_encode({{ payee_id }}) || '/'
{%- endmacro %}

{# Page of a channel. #}
{% macro channel_path(channel_id) -%}
    '/marketing/' || url_encode({{ channel_id }}) || '/'
{%- endmacro %}
