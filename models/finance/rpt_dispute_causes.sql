-- One row per month and cause of disputes over pay, and all causes together: how many were raised
-- in the month, and of all there ever were how many there are and how they end.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

disputes as (

    select
        disputes.cause,
        disputes.verdict,
        disputes.opened_on,
        {{ has_come('disputes.opened_on') }} as has_come,
        disputes.deadline < as_of.as_of_date as is_late

    from {{ ref('disputes') }} as disputes
    cross join {{ ref('dim_as_of') }} as as_of

),

scoped_disputes as (

    {% for cause in ['cause', "'all'"] %}
    select
        {{ cause }} as cause,
        verdict,
        opened_on,
        has_come,
        is_late

    from disputes
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    months.period_start,
    months.period_label,
    disputes.cause,
    {{ message('pay.dispute.cause', {'cause': 'disputes.cause'}) }} as cause_text_message,
    cast(count(
        case
            when
                disputes.opened_on >= months.period_start
                and disputes.opened_on < months.period_end
                and disputes.has_come
                then 1
        end
    ) as integer) as month_count,
    cast(count(*) as integer) as dispute_count,
    cast(count(case when disputes.verdict is null then 1 end) as integer) as open_count,
    cast(count(case when disputes.verdict is null and disputes.is_late then 1 end) as integer)
        as overdue_count,
    cast(count(case when disputes.verdict in ('upheld', 'partly_upheld') then 1 end) as integer)
        as upheld_count,
    cast(count(case when disputes.verdict = 'rejected' then 1 end) as integer) as rejected_count,
    disputes.cause = 'all' as is_total

from months
cross join scoped_disputes as disputes
group by months.period_start, months.period_label, disputes.cause
