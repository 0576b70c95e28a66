-- One row per audit of a rejected lead: what it judged, what it cost and what it brought back.

with

audits as (

    select * from {{ ref('int_quality__audits') }}

),

reclaimed_sums as (

    select
        audit_id,
        count(*) - count(collected_amount) as unknown_payments,
        sum(collected_amount) as known_amount

    from {{ ref('fct_reclaimed_payments') }}
    group by audit_id

),

described_audits as (

    select
        audits.audit_id,
        audits.lead_id,
        audits.rejection_id,
        audits.is_judging,
        audits.not_judging_code,
        rejections.exit_kind,
        rejections.rejected_at,
        rejections.rejected_by_person_id,
        audits.audited_at,
        audits.audited_date,
        audits.analyst_person_id,
        people.department_id as analyst_department_id,
        audits.verdict,
        audits.reason,
        leads.product_line_id,
        leads.channel_id,
        leads.campaign_id,
        audits.minutes_spent,
        audit_costs.cost_amount,
        audit_costs.unknown_cost_code,
        -- One payment without a rate makes the whole sum unknown.
        cast(
            case
                when coalesce(reclaimed_sums.unknown_payments, 0) = 0
                    then coalesce(reclaimed_sums.known_amount, 0)
            end as decimal(28, 2)
        ) as reclaimed_amount,
        cast(coalesce(reclaimed_sums.unknown_payments, 0) as bigint) as unknown_payments,
        '{{ var("company_currency") }}' as currency_code

    from audits
    left join {{ ref('int_quality__rejections') }} as rejections
        on audits.rejection_id = rejections.rejection_id
    left join {{ ref('int_quality__audit_costs') }} as audit_costs
        on audits.audit_id = audit_costs.audit_id
    left join reclaimed_sums
        on audits.audit_id = reclaimed_sums.audit_id
    left join {{ ref('dim_leads') }} as leads
        on audits.lead_id = leads.lead_id
    left join {{ ref('people') }} as people
        on audits.analyst_person_id = people.person_id
        and {{ is_in_force('people', 'audits.audited_date') }}

)

select * from described_audits
