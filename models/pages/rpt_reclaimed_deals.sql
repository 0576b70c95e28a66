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

    select * from {{ ref('dim_ranges') }}

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
    {{ name_or("nullif(summed_deals.deal_id, 'all')", message('qa.total')) }} as deal_label_message,
    summed_deals.deal_id = 'all' as is_total,
    audits.lead_id,
    {{ lead_path('audits.lead_id') }} as lead_path,
    audits.audited_date,
    case
        when audits.audit_id is not null
            then {{ name_or('queue.reason', message('qa.no_reason_given')) }}
    end as rejection_reason_message,
    case
        when audits.audit_id is not null
            then {{ name_or('audits.reason', message('qa.no_reason_given')) }}
    end as audit_reason_message,
    case
        when audits.audit_id is not null
            then {{ name_or(
                'coalesce(product_lines.product_line_label, audits.product_line_id)',
                message('qa.no_product_line')
            ) }}
    end as product_line_label_message,
    summed_deals.reclaimed_amount

from summed_deals
left join audits
    on summed_deals.audit_id = audits.audit_id
left join queue
    on audits.rejection_id = queue.rejection_id
left join {{ ref('dim_product_lines') }} as product_lines
    on audits.product_line_id = product_lines.product_line_id
