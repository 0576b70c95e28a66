-- One row per month: what is payable to how many people, and what stands in the way of paying it.

with

months as (

    select * from {{ ref('fct_pay_months') }}

),

department_amounts as (

    select
        period_start,
        {{ as_list_of_rows(
            as_message(message('finance.department_amount', {
                'department': department_label('department_id'),
                'amount': as_exact_money('payable_amount', 'currency_code')
            })),
            'department_id, currency_code'
        ) }} as departments

    from {{ ref('fct_pay_totals') }}
    where department_id != 'all'
    group by period_start

),

blockers as (

    select
        period_start,
        count(*) as blocker_count,
        {{ as_list_of_rows(as_message('check_label_message'), 'sort_order, unit') }} as blockers

    from {{ ref('fct_reconciliations') }}
    where is_blocker and period_start is not null
    group by period_start

),

judged_months as (

    select
        months.*,
        department_amounts.departments,
        coalesce(blockers.blocker_count, 0) as blocker_count,
        blockers.blockers,
        case
            when months.payee_count = 0 then 'nobody'
            when not months.is_final then 'running'
            when months.payable_text_message is null then 'unknown'
            else 'payable'
        end as pay_code,
        case
            when months.pay_status in ('signed', 'paid') then months.pay_status
            when not months.is_final then 'running'
            when coalesce(blockers.blocker_count, 0) > 0 then 'blocked'
            when months.provisional_count > 0 then 'provisional'
            when months.payee_count = 0 then 'nobody'
            else 'ready'
        end as close_code

    from months
    left join department_amounts
        on months.period_start = department_amounts.period_start
    left join blockers
        on months.period_start = blockers.period_start

),

answers as (

    select
        period_start,
        period_label,
        blocker_count,
        {{ messages([
            message('finance.headline.pay', {
                'pay': 'pay_code', 'month': as_period("'month'", 'period_start'),
                'payable': as_message('payable_text_message'), 'people': 'payee_count',
                'incomplete': 'incomplete_count', 'departments': 'departments'
            }),
            "case when close_code not in ('running', 'nobody') then "
            ~ message('finance.headline.close', {
                'close': 'close_code', 'checks': 'blockers', 'count': 'provisional_count'
            }) ~ " end"
        ]) }} as sentence_message,
        case
            when close_code = 'blocked' then 'bad'
            when payee_count = 0 or close_code = 'running' then 'neutral'
            when close_code = 'provisional' then 'warn'
            else 'good'
        end as tone

    from judged_months

)

select * from answers
