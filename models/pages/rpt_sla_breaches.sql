-- One row per promise between the departments that was kept late or is still broken: the newest
-- forty of each department and of each owner, the newest first.

{% set breaches_shown = 40 %}

with

breaches as (

    select * from {{ ref('fct_sla_obligations') }}
    where status in ('late', 'breached')

),

numbered_breaches as (

    select
        *,
        -- The end of a month reads as its last day, not as the first of the next.
        case obligation_kind
            when 'lead_supply' then {{ dbt.dateadd('second', -1, 'due_at') }}
            else due_at
        end as last_moment_at,
        row_number() over (order by due_at desc, obligation_id) as rank_of_all,
        row_number() over (
            partition by owing_department_id order by due_at desc, obligation_id
        ) as rank_of_department,
        row_number() over (partition by owner_id order by due_at desc, obligation_id)
            as rank_of_owner

    from breaches

)

select
    numbered_breaches.obligation_id,
    numbered_breaches.owing_department_id,
    numbered_breaches.obligation_kind,
    kinds.owing_label,
    kinds.kind_label,
    coalesce(numbered_breaches.person_id, 'unattributed') as person_id,
    numbered_breaches.owner_label,
    numbered_breaches.lead_id,
    {{ lead_path('numbered_breaches.lead_id') }} as lead_path,
    case numbered_breaches.obligation_kind
        when 'lead_supply'
            then
                coalesce(
                    product_lines.product_line_label,
                    numbered_breaches.product_line_id,
                    'All product lines'
                ) || ', ' || {{ period_label("'month'", 'numbered_breaches.started_date') }}
        when 'internal_request'
            then requests.request_label || coalesce(': ' || requests.subject, '')
        else 'Lead ' || numbered_breaches.lead_id
    end as subject,
    substring(cast({{ company_time('numbered_breaches.last_moment_at') }} as varchar), 1, 16)
        as due_local_time,
    case
        when numbered_breaches.status = 'late' then 'late'
        when numbered_breaches.obligation_kind = 'lead_supply' then 'not delivered'
        else 'still open'
    end as state_label,
    case
        when
            numbered_breaches.status = 'late' or numbered_breaches.obligation_kind = 'lead_supply'
            then 'warn'
        else 'bad'
    end as tone,
    cast(
        {{ dbt.datediff(
            company_date('numbered_breaches.last_moment_at'),
            'coalesce(' ~ company_date('numbered_breaches.done_at') ~ ', as_of.as_of_date)',
            'day'
        ) }} as integer
    ) as days_late,
    cast(numbered_breaches.rank_of_all as integer) as rank_of_all,
    cast(numbered_breaches.rank_of_department as integer) as rank_of_department,
    cast(numbered_breaches.rank_of_owner as integer) as rank_of_owner

from numbered_breaches
cross join {{ ref('int_ops__as_of') }} as as_of
left join {{ ref('int_reports__sla_kinds') }} as kinds
    on numbered_breaches.owing_department_id = kinds.owing_department_id
    and numbered_breaches.obligation_kind = kinds.obligation_kind
left join {{ ref('fct_internal_requests') }} as requests
    on numbered_breaches.request_id = requests.request_id
left join {{ ref('dim_product_lines') }} as product_lines
    on numbered_breaches.product_line_id = product_lines.product_line_id
where
    numbered_breaches.rank_of_department <= {{ breaches_shown }}
    or numbered_breaches.rank_of_owner <= {{ breaches_shown }}
