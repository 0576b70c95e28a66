-- One row per range, person (all for everybody) and kind of thing one department owes the other:
-- how much of it was kept. Everybody's rows are there even where nothing was owed, with the reason.

with

counts as (

    select * from {{ ref('int_reports__sla_counts') }}

),

kinds as (

    select * from {{ ref('int_reports__sla_kinds') }}

),

notes as (

    select * from {{ ref('int_reports__promise_notes') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

shown_rows as (

    select range_id, person_id, owing_department_id, obligation_kind from counts

    union distinct

    select ranges.range_id, 'all' as person_id, kinds.owing_department_id, kinds.obligation_kind
    from ranges
    cross join kinds

)

select
    shown_rows.range_id,
    shown_rows.person_id,
    shown_rows.owing_department_id,
    kinds.owing_label,
    shown_rows.obligation_kind,
    kinds.kind_label,
    {% for count in ['owed', 'due', 'met', 'late', 'breached', 'pending', 'unknown'] %}
    coalesce(counts.{{ count }}, 0) as {{ count }},
    {% endfor %}
    cast({{ exact_ratio('counts.met', 'counts.due') }} as decimal(28, 6)) as kept_share,
    case
        when kinds.missing_reason is not null then kinds.missing_reason
        when counts.owed is null then 'nothing was owed in this period'
        when counts.due = 0 and counts.unknown > 0 then 'no term was agreed for this time'
        when counts.due = 0 then 'nothing is due yet'
    end as reason,
    notes.note,
    cast(kinds.sort_order as integer) as sort_order

from shown_rows
inner join kinds
    on shown_rows.owing_department_id = kinds.owing_department_id
    and shown_rows.obligation_kind = kinds.obligation_kind
left join counts
    on shown_rows.range_id = counts.range_id
    and shown_rows.person_id = counts.person_id
    and shown_rows.owing_department_id = counts.owing_department_id
    and shown_rows.obligation_kind = counts.obligation_kind
left join notes
    on shown_rows.range_id = notes.range_id
    and shown_rows.person_id = notes.person_id
    and shown_rows.owing_department_id = notes.owing_department_id
    and shown_rows.obligation_kind = notes.obligation_kind
