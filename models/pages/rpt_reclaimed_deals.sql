-- One row per range and deal (all for their sum) that exists because an audit gave the lead back,
-- with the money that arrived in the range.

with

payments as (

    select * from {{ ref('fct_reclaimed_payments') }}

),

audits as (

    select * from {{ ref('fct_lead_audits') }}

),

queue as (

    select * from {{ ref('fct_audit_queue') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

ranged_payments as (

    {% for deal_id in ['payments.deal_id', "'all'"] %}
    select
        ranges.range_id,
        {{ deal_id }} as deal_id,
        {{ 'payments.audit_id' if loop.first else 'cast(null as varchar)' }} as audit_id,
        payments.collected_amount

    from payments
    inner join ranges
        on payments.paid_date >= ranges.range_start
        and payments.paid_date < ranges.counted_end
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

summed_deals as (

    select
        range_id,
        deal_id,
        audit_id,
        -- One payment without a rate makes the sum unknown, not smaller.
        case
            when count(*) = count(collected_amount)
                then cast(sum(collected_amount) as decimal(28, 2))
        end as reclaimed_amount

    from ranged_payments
    group by range_id, deal_id, audit_id

)

select
    summed_deals.range_id,
    summed_deals.deal_id,
    case summed_deals.deal_id when 'all' then 'Total' else summed_deals.deal_id end as deal_label,
    summed_deals.deal_id = 'all' as is_total,
    coalesce(audits.lead_id, '') as lead_id,
    {{ lead_path('audits.lead_id') }} as lead_path,
    coalesce(cast(audits.audited_date as varchar), '') as audited_text,
    case
        when summed_deals.deal_id = 'all' then ''
        else coalesce(queue.reason, 'no reason given')
    end as rejection_reason,
    case
        when summed_deals.deal_id = 'all' then ''
        else coalesce(audits.reason, 'no reason given')
    end as audit_reason,
    case
        when summed_deals.deal_id = 'all' then ''
        else coalesce({{ person_label('people') }}, audits.analyst_person_id, 'not recorded')
    end as analyst_label,
    case
        when summed_deals.deal_id = 'all' then ''
        else coalesce(product_lines.product_line_label, audits.product_line_id, 'none')
    end as product_line_label,
    summed_deals.reclaimed_amount

from summed_deals
left join audits
    on summed_deals.audit_id = audits.audit_id
left join queue
    on audits.rejection_id = queue.rejection_id
left join {{ ref('dim_people') }} as people
    on audits.analyst_person_id = people.person_id
left join {{ ref('dim_product_lines') }} as product_lines
    on audits.product_line_id = product_lines.product_line_id
