-- One row per audit that judged a rejection and part the page splits audits by: all of them,
-- the reason the lead was turned down for, who turned it down, its product line.

{% set parts = {
    'all': "'all'",
    'reason': 'rejection_reason',
    'person': 'rejected_by_person_id',
    'product_line': 'product_line_id',
} %}

with

audits as (

    select * from {{ ref('fct_lead_audits') }}
    where is_judging

),

queue as (

    select * from {{ ref('fct_audit_queue') }}

),

judging_audits as (

    select
        audits.*,
        queue.reason as rejection_reason

    from audits
    inner join queue
        on audits.rejection_id = queue.rejection_id

),

audit_parts as (

    {% for part_type, member in parts.items() %}
    select
        '{{ part_type }}' as part_type,
        coalesce({{ member }}, 'none') as part_id,
        audit_id,
        audited_date,
        verdict,
        reclaimed_amount

    from judging_audits
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from audit_parts
