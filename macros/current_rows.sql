{#
    The rows of a stream that still stand for something: not deleted, not taken in by another record,
    and every id of a lead, deal or client that was taken in names the one that is left.
#}
{% macro current_rows(stream) -%}
    {%- set own = mergeable_streams().get(stream) -%}
    {%- set named = [] -%}
    {#- A client is no record of its own: it is whoever a deal or an assignment names. -#}
    {%- for other, column, list in foreign_ids() + [('deals', 'client_id', 'client')]
        if other == stream and list in ('lead', 'deal', 'record', 'client')
        and (stream, column) != ('deals', 'lead_id') -%}
        {%- do named.append({
            'list': list,
            'column': column,
            'id': 'coalesce(' ~ list ~ '_merges.survivor_id, raw_rows.' ~ column ~ ')',
        }) -%}
    {%- endfor -%}
    select raw_rows.*
        {%- for name in named %}
        {{ 'replace (' if loop.first }}{{ name.id }} as {{ name.column }}
        {{- ')' if loop.last else ',' }}
        {%- endfor %}

    from {{ source('files', stream) }} as raw_rows
    {% for name in named + ([{'list': own, 'column': own ~ '_id'}] if own else []) %}
    left join {{ ref('stg_files__merges') }} as {{ name.list }}_merges
        on {{ clean_text('raw_rows.' ~ name.column) }} = {{ name.list }}_merges.record_id
        and {{ name.list }}_merges.record_type
        = {{ 'raw_rows.record_type' if name.list == 'record' else "'" ~ name.list ~ "'" }}
    {% endfor %}
    where
        {% if own %}{{ own }}_merges.record_id is null{% else %}true{% endif %}
        {% if stream in deletable_streams() %}
        and raw_rows.is_deleted is not true
        {% endif %}
        {% if stream in keys_beside_record() %}
        -- What both records had tells one thing once.
        qualify row_number() over (
            partition by {{ named[0].id }}, {{ keys_beside_record()[stream] | join(', ') }}
            order by {{ named[0].list }}_merges.record_id is not null, raw_rows.{{ named[0].column }}
        ) = 1
        {% endif %}
{%- endmacro %}

{# Streams without an id of their own: what makes a row of a record the same as another one. #}
{% macro keys_beside_record() -%}
    {{ return({
        'deal_stage_history': ['stage', 'entered_at'],
        'lead_answers': ['question_id', 'answered_at'],
        'clock_pauses': ['raw_rows.record_type', 'paused_at'],
        'client_assignments': ['assigned_at'],
    }) }}
{%- endmacro %}
