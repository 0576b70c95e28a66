-- One row per commitment between the departments that was met late or is still missed: the newest
-- of each department and of each owner, the newest first.

with

breaches as (

    select
        *,
        -- The end of a month reads as its last day, not as the first of the next.
        case obligation_kind
            when 'lead_supply' then {{ dbt.dateadd('second', -1, 'due_at') }}
            else due_at
        end as last_moment_at,
        case
            when status = 'late' then 'late'
            when obligation_kind = 'lead_supply' then 'not_delivered'
            else 'open'
        end as state

    from {{ ref('int_reports__sla_breaches') }}

)

select
    breaches.obligation_id,
    breaches.owing_department_id,
    breaches.obligation_kind,
    {{ message('sales.commitment_kind', {
        'kind': 'breaches.obligation_kind', 'department': 'breaches.owing_department_id'
    }) }} as kind_label_message,
    coalesce(breaches.person_id, 'unattributed') as person_id,
    breaches.owner_label_message,
    breaches.lead_id,
    {{ lead_path('breaches.lead_id') }} as lead_path,
    {{ message('sales.commitment_about', {
        'kind': 'breaches.obligation_kind',
        'lead': 'breaches.lead_id',
        'line': 'coalesce(product_lines.product_line_label, breaches.product_line_id)',
        'month': as_period("'month'", 'breaches.started_date'),
        'request': 'requests.request_label',
        'topic': 'requests.subject'
    }) }} as subject_message,
    substring(cast({{ company_time('breaches.last_moment_at') }} as varchar), 1, 16)
        as due_local_time,
    breaches.state,
    {{ message('sales.breach_state', {'state': 'breaches.state'}) }} as state_label_message,
    case breaches.state when 'open' then 'bad' else 'warn' end as tone,
    cast(
        {{ dbt.datediff(
            company_date('breaches.last_moment_at'),
            'coalesce(' ~ company_date('breaches.done_at') ~ ', as_of.as_of_date)',
            'day'
        ) }} as integer
    ) as days_late,
    cast(breaches.rank_of_all as integer) as rank_of_all,
    cast(breaches.rank_of_department as integer) as rank_of_department,
    cast(breaches.rank_of_owner as integer) as rank_of_owner

from breaches
cross join {{ ref('dim_as_of') }} as as_of
left join {{ ref('fct_internal_requests') }} as requests
    on breaches.request_id = requests.request_id
left join {{ ref('dim_product_lines') }} as product_lines
    on breaches.product_line_id = product_lines.product_line_id
