-- One row: in how many months that are over something has changed since, and the largest change.

with

restatements as (

    select
        *,
        row_number() over (
            order by
                case when changed_amount is null then 1 else 0 end asc,
                abs(changed_amount) desc,
                month_start desc,
                stream asc,
                input_name asc
        ) as size_rank

    from {{ ref('int_reports__restatements') }}

),

counted_months as (

    select count(distinct month_start) as month_count
    from restatements

)

select
    case
        when counted_months.month_count = 0 then {{ message('restatements.none') }}
        else {{ message('restatements.answer', {
            'months': 'counted_months.month_count',
            'source': 'restatements.stream',
            'month': as_period("'month'", 'restatements.month_start'),
            'direction': "case when restatements.changed_amount is null then 'unknown'"
                ~ " when restatements.changed_amount < 0 then 'less' else 'more' end",
            'amount': as_money('abs(restatements.changed_amount)'),
        }) }}
    end as sentence_message,
    case when counted_months.month_count = 0 then 'good' else 'warn' end as tone

from counted_months
left join restatements
    on restatements.size_rank = 1
