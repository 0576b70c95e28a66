-- One row per range, person (all for everybody) and kind of thing one department owes the other:
-- how much of it was met. Everybody's rows are there even where nothing was owed, with the reason.

{% set counts = ['owed', 'due', 'met', 'late', 'breached', 'pending', 'unknown'] %}
{% set states = ['to_call', 'neglected', 'closed', 'early', 'old_enough', 'judged'] %}

with

counts as (

    select * from {{ ref('int_reports__sla_counts') }}

),

kinds as (

    select * from (
        values
        ('marketing', 'lead_supply', 10),
        ('marketing', 'internal_request', 20),
        ('sales', 'first_response', 30),
        ('sales', 'feedback', 40),
        ('sales', 'internal_request', 50)
    ) as kinds (owing_department_id, obligation_kind, sort_order)

),

used_kinds as (

    select distinct owing_department_id, obligation_kind
    from {{ ref('fct_sla_obligations') }}

),

shown_rows as (

    select range_id, person_id, owing_department_id, obligation_kind from counts

    union distinct

    select ranges.range_id, 'all' as person_id, kinds.owing_department_id, kinds.obligation_kind
    from {{ ref('dim_ranges') }} as ranges
    cross join kinds

),

explained_rows as (

    select
        shown_rows.*,
        {% for count in counts + states %}
        coalesce(counts.{{ count }}, 0) as {{ count }},
        {% endfor %}
        cast(counts.met / nullif(counts.due, 0) as decimal(28, 6)) as met_share,
        cast(kinds.sort_order as integer) as sort_order,
        case
            when used_kinds.obligation_kind is null then 'not_known'
            when counts.owed is null then 'nothing_owed'
            when counts.due = 0 and counts.unknown > 0 then 'not_agreed'
            when counts.due = 0 then 'nothing_due'
        end as reason_code

    from shown_rows
    inner join kinds
        on shown_rows.owing_department_id = kinds.owing_department_id
        and shown_rows.obligation_kind = kinds.obligation_kind
    left join used_kinds
        on shown_rows.owing_department_id = used_kinds.owing_department_id
        and shown_rows.obligation_kind = used_kinds.obligation_kind
    left join counts
        on shown_rows.range_id = counts.range_id
        and shown_rows.person_id = counts.person_id
        and shown_rows.owing_department_id = counts.owing_department_id
        and shown_rows.obligation_kind = counts.obligation_kind

)

select
    range_id,
    person_id,
    owing_department_id,
    {{ message('service.owner', {'person': 'null', 'department': 'owing_department_id'}) }}
        as owing_label_message,
    obligation_kind,
    {{ message('sales.commitment_kind', {
        'kind': 'obligation_kind', 'department': 'owing_department_id'
    }) }} as kind_label_message,
    {% for count in counts %}
    {{ count }},
    {% endfor %}
    met_share,
    reason_code,
    case
        when reason_code is not null
            then
                {{ message('sales.no_met_share', {
                    'code': 'reason_code', 'kind': 'obligation_kind'
                }) }}
    end as reason_message,
    case
        when obligation_kind = 'first_response' and to_call + neglected + closed > 0
            then
                {{ message('sales.missed_responses', {
                    'to_call': 'to_call', 'neglected': 'neglected', 'closed': 'closed'
                }) }}
        when obligation_kind = 'feedback' and early > 0
            then
                {{ message('sales.early_feedback', {
                    'early': 'early', 'judged': 'judged', 'old_enough': 'old_enough'
                }) }}
    end as note_message,
    sort_order

from explained_rows
