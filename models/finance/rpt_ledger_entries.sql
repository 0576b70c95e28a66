-- One row per entry of the ledger, and of a signature per currency: who signed, paid or reopened a
-- month, and what they answered for.

with

entries as (

    select * from {{ ref('stg_jointly__ledger_entries') }}

)

select
    entries.entry,
    entries.period_start,
    {{ period_label("'month'", 'entries.period_start') }} as period_label,
    entries.action,
    {{ message('pay.entry.action', {
        'action': 'entries.action', 'paid_on': as_day('entries.paid_on')
    }) }} as action_text_message,
    case entries.action when 'paid' then 'good' when 'reopened' then 'warn' else 'neutral' end
        as tone,
    coalesce(approvers.person_name, people.person_name, entries.done_by) as done_by,
    entries.done_on,
    entries.payable_amount,
    coalesce(entries.currency_code, '') as currency_code,
    {{ message('pay.entry.note', {
        'reason': 'entries.reason', 'waived': 'entries.waived_checks'
    }) }} as note_message

from entries
left join {{ ref('approvers') }} as approvers
    on entries.done_by = approvers.person_id
    and {{ is_in_force('approvers', 'entries.done_on') }}
left join {{ ref('dim_people') }} as people
    on entries.done_by = people.person_id
