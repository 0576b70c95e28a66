-- One row per month: what is payable to how many people, and what stands in the way of paying it.

with

months as (

    select * from {{ ref('rpt_finance_months') }}

),

departments as (

    select
        period_start,
        {{ dbt.listagg(
            "row_label || ' ' || " ~ pay_text('payable_amount', 'currency_code'),
            "', '",
            'order by sort_order'
        ) }} as department_text

    from {{ ref('rpt_payouts') }}
    where row_type = 'department'
    group by period_start

)

select
    'company' as scope_type,
    'company' as scope_id,
    'month' as period_type,
    months.period_start,
    months.period_label,
    months.is_latest_final,
    case
        when months.payee_count = 0
            then
                'Nobody is paid for ' || months.period_label
                || ': no bonus plan has a member in it.'
        when not months.is_final
            then
                months.period_label || ' still runs: '
                || coalesce('so far ' || months.payable_text, 'the pay is not known yet') || ' for '
                || {{ counted_text('months.payee_count', 'person', 'people') }} || '.'
        when months.payable_text is null
            then
                'The pay of ' || months.period_label || ' is not known yet: '
                || cast(months.incomplete_count as varchar) || ' of '
                || {{ counted_text('months.payee_count', 'statement', 'statements') }}
                || ' lack a number.'
        else
            months.payable_text || ' is payable to '
            || {{ counted_text('months.payee_count', 'person', 'people') }} || ' for '
            || months.period_label
            || coalesce(' (' || departments.department_text || ')', '') || '.'
    end
    || case
        when not months.is_final then ''
        when months.blocker_count > 0 then ' The close is blocked: ' || months.blockers || '.'
        when months.provisional_count > 0
            then
                ' '
                || {{ counted_text('months.provisional_count', 'statement is', 'statements are') }}
                || ' provisional and may still change.'
        when months.payee_count = 0 then ''
        else ' Every check agrees; nothing blocks the close.'
    end as sentence,
    case
        when months.is_final and months.blocker_count > 0 then 'bad'
        when months.payee_count = 0 or not months.is_final then 'neutral'
        when months.provisional_count > 0 then 'warn'
        else 'good'
    end as tone

from months
left join departments
    on months.period_start = departments.period_start
