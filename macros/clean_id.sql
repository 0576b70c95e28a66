{#
    An id that names somebody, null where a system wrote a word or number for "nobody": taken at its
    word, client 0 would be one client who bought everything that has none. For ids without a list of
    their own to be looked up in; a lead or deal counts when it exists.
#}
{% macro clean_id(column) -%}
    case
        when
            {{ is_none_of('lower(' ~ clean_text(column) ~ ')', [
                '0', '-', '--', '-1', 'null', 'none', 'n/a', 'nan', 'undefined', '(none)', '(not set)',
                '00000000-0000-0000-0000-000000000000', '000000000000000', '000000000000000000'
            ]) }}
            then {{ clean_text(column) }}
    end
{%- endmacro %}
