-- One row per rejected lead to look at again, in the order to do it. Those too old to win back are
-- a list of their own. The first hundred of each.

select
    case when waiting_audits.is_too_old then 'too_old' else 'queue' end as list,
    cast(waiting_audits.queue_rank as integer) as queue_rank,
    waiting_audits.lead_id,
    {{ lead_path('waiting_audits.lead_id') }} as lead_path,
    cast(waiting_audits.expected_amount as decimal(28, 2)) as expected_amount,
    {{ message('qa.waiting_state', {'is_overdue': 'waiting_audits.is_overdue'}) }}
        as waiting_state_message,
    case when waiting_audits.is_overdue then 'bad' else 'neutral' end as tone,
    waiting_audits.due_date,
    cast(waiting_audits.waiting_days as integer) as waiting_days,
    {{ name_or(
        'waiting_audits.reason', message('qa.no_reason', {'kind': 'waiting_audits.exit_kind'})
    ) }} as reason_message,
    {{ name_or(
        'coalesce(' ~ person_label('people') ~ ', waiting_audits.rejected_by_person_id)',
        message('qa.not_recorded')
    ) }} as person_label_message,
    {{ name_or(
        'coalesce(product_lines.product_line_label, waiting_audits.product_line_id)',
        message('qa.no_product_line')
    ) }} as product_line_label_message,
    {{ name_or('channels.channel_label', message('qa.unattributed')) }} as channel_label_message

from {{ ref('int_reports__waiting_audits') }} as waiting_audits
left join {{ ref('dim_people') }} as people
    on waiting_audits.rejected_by_person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on waiting_audits.product_line_id = product_lines.product_line_id
left join {{ ref('dim_channels') }} as channels
    on waiting_audits.channel_id = channels.channel_id
where waiting_audits.is_listed
