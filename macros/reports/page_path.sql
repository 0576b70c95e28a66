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

{#
    An id as one part of the address of a page, which is also the name of a file: letters, digits, `-`
    and `_` stay, anything else is `~` and its bytes. components/sql-text.js reads it back.
#}
{% macro address_part(id) -%}
    replace(replace(replace(url_encode({{ id }}), '~', '%7E'), '.', '%2E'), '%', '~')
{%- endmacro %}

{# Page with the statements of a payee. #}
{% macro statement_path(payee_id) -%}
    '/finance/statement/' || {{ address_part(payee_id) }} || '/'
{%- endmacro %}

{# Page with the pay of a department. #}
{% macro team_path(department_id) -%}
    '/team/' || {{ address_part(department_id) }} || '/'
{%- endmacro %}

{# Page of a channel. #}
{% macro channel_path(channel_id) -%}
    '/marketing/' || {{ address_part(channel_id) }} || '/'
{%- endmacro %}
