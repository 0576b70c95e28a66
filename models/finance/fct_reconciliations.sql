-- One row per check, what it is made on (a month, or all data of a platform, attribution model or
-- source) and currency: what must hold before anybody is paid, and whether it does.

{% set blank = message('plain', {'text': "''"}) %}

{% set subject %}
case
    when check_id = 'rejected_rows' then {{ message('data_health.source', {'stream': 'subject_id'}) }}
    else {{ message('finance.subject', {'subject': 'subject_id'}) }}
end
{%- endset %}

with

months as (

    select * from {{ ref('int_finance__months') }}

),

readiness_checks as (

    select * from {{ ref('int_finance__readiness_checks') }}

),

money_checks as (

    select * from {{ ref('int_finance__money_checks') }}

),

-- What must hold over all data must hold in every month that is paid on it.
overall_counts as (

    select
        case when check_id = 'rejected_rows' then 'rejects' else 'attribution' end as check_id,
        count(*) as check_count,
        count(case when result_code = 'blocks' then 1 end) as failed_count,
        {{ as_list_of_rows(
            "case when result_code = 'blocks' then " ~ as_message(subject) ~ ' end',
            'sort_order, subject_id'
        ) }} as failed_subjects

    from money_checks
    where period_start is null and check_id != 'spend_by_platform'
    group by case when check_id = 'rejected_rows' then 'rejects' else 'attribution' end

),

overall_checks as (

    select
        months.period_start,
        names.check_id,
        names.sort_order,
        case
            when counts.check_id is null then 'nothing'
            when counts.failed_count > 0 then 'blocks'
            else 'ok'
        end as result_code,
        {{ message('finance.overall_check', {
            'check': 'names.check_id', 'count': 'coalesce(counts.check_count, 0)',
            'failed': 'counts.failed_count', 'subjects': 'counts.failed_subjects'
        }) }} as explanation_message

    from months
    cross join (values ('attribution', 120), ('rejects', 125)) as names (check_id, sort_order)
    left join overall_counts as counts
        on names.check_id = counts.check_id

),

checks as (

    {% for checks in ['readiness_checks', 'overall_checks'] %}
    select
        period_start,
        check_id,
        sort_order,
        '' as subject_id,
        '' as unit,
        result_code,
        explanation_message,
        {{ blank }} as in_text_message,
        {{ blank }} as out_text_message,
        {{ blank }} as difference_text_message
    from {{ checks }}
    union all
    {% endfor %}
    select
        period_start, check_id, sort_order, subject_id, unit, result_code,
        {{ message('finance.money_check', {
            'check': 'check_id', 'result': 'result_code', 'unit': 'unit',
            'rejected': "case when unit = 'rows' then cast(difference as bigint) end",
            'delivered': "case when unit = 'rows' then cast(amount_in as bigint) end"
        }) }},
        {{ printed_amount('amount_in') }},
        {{ printed_amount('amount_out') }},
        {{ printed_amount('difference') }}
    from money_checks

)

select
    checks.period_start,
    months.period_label,
    checks.check_id,
    {{ message('finance.check', {'check': 'checks.check_id'}) }} as check_label_message,
    checks.subject_id,
    {{ subject }} as subject_message,
    checks.sort_order,
    checks.unit,
    checks.result_code,
    {{ message('finance.result', {'result': 'checks.result_code'}) }} as result_message,
    checks.result_code = 'blocks' as is_blocker,
    case checks.result_code
        when 'ok' then 'good'
        when 'blocks' then 'bad'
        when 'wait' then 'warn'
        else 'neutral'
    end as tone,
    checks.explanation_message,
    -- Where the rows behind it are.
    case
        when checks.check_id = 'signature' then '/finance/changes/'
        when checks.check_id in ('attribution', 'channel_credit') then '/marketing/'
        when
            checks.check_id in (
                'sources', 'coverage', 'rejects', 'spend_delivered', 'cash_delivered'
            )
            then '/data-health/'
    end as link,
    checks.in_text_message,
    checks.out_text_message,
    checks.difference_text_message

from checks
left join months
    on checks.period_start = months.period_start
