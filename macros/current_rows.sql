{#
    The rows of a stream that still stand for something: not deleted, not taken in by another record,
    and every id of a lead or deal that was taken in names the one that is left.
#}
{% macro current_rows(stream) -%}
    {%- set own = {'leads': ('lead', 'lead_id'), 'deals': ('deal', 'deal_id')}.get(stream) -%}
    {%- set named = [] -%}
    {%- for other, column, list in foreign_ids()
        if other == stream and list in ('lead', 'deal', 'record') and (stream, column) != ('deals', 'lead_id') -%}
        {%- do named.append((list, column)) -%}
    {%- endfor -%}
    select raw_rows.*
        {%- for list, column in named %}
        {{ 'replace (' if loop.first }}coalesce({{ list }}_merges.survivor_id, raw_rows.{{ column }}) as {{ column }}
        {{- ')' if loop.last else ',' }}
        {%- endfor %}

    from {{ source('files', stream) }} as raw_rows
    {% for list, column in named + ([own] if own else []) %}
    left join {{ ref('stg_files__merges') }} as {{ list }}_merges
        on {{ clean_text('raw_rows.' ~ column) }} = {{ list }}_merges.record_id
        and {{ list }}_merges.record_type = {{ 'raw_rows.record_type' if list == 'record' else "'" ~ list ~ "'" }}
    {% endfor %}
    where
        {% if own %}{{ own[0] }}_merges.record_id is null{% else %}true{% endif %}
        {% if stream in deletable_streams() %}
        and raw_rows.is_deleted is not true
        {% endif %}
        {% if stream in many_per_record() %}
        -- What both records had tells one thing once.
        qualify row_number() over (
            partition by {{ many_per_record()[stream] | join(', ') }} order by raw_rows.{{ named[0][1] }}
        ) = 1
        {% endif %}
{%- endmacro %}

{# Streams without an id of their own: the key names the record first. #}
{% macro many_per_record() -%}
    {{ return({
        'deal_stage_history': ['coalesce(deal_merges.survivor_id, raw_rows.deal_id)', 'stage', 'entered_at'],
        'lead_answers': ['coalesce(lead_merges.survivor_id, raw_rows.lead_id)', 'question_id', 'answered_at'],
        'clock_pauses': [
            'raw_rows.record_type', 'coalesce(record_merges.survivor_id, raw_rows.record_id)', 'paused_at'
        ],
    }) }}
{%- endmacro %}

{# Streams of records that have an id of their own, which a system can delete. #}
{% macro deletable_streams() -%}
    {{ return([
        'leads', 'deals', 'payments', 'activities', 'complaints', 'internal_requests', 'lead_events',
        'lead_audits'
    ]) }}
{%- endmacro %}
