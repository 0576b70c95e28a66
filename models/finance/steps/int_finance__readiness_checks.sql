-- One row per month and question of the close that is not a sum: is the month over, are the
-- statements and sources complete, is it signed.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

statements as (

    select * from {{ ref('fct_bonus_statements') }}

),

sources as (

    select * from {{ ref('dim_streams') }}
    where is_connected

),

statement_counts as (

    select
        period_start,
        count(*) as payee_count,
        count(case when status = 'complete' then 1 end) as complete_count,
        count(case when status = 'incomplete' then 1 end) as incomplete_count

    from statements
    group by period_start

),

-- People who wait for the same number are named together.
grouped_reasons as (

    select
        period_start,
        status,
        reason_message,
        {{ dbt.listagg('payee_name', "', '", 'order by payee_name') }} as payee_names

    from statements
    where status != 'complete'
    group by period_start, status, reason_message

),

month_reasons as (

    select
        period_start,
        {{ as_list_of_rows(
            as_message(message('finance.waiting_payees', {
                'payees': 'payee_names', 'status': 'status', 'reason': as_message('reason_message')
            })),
            'status, payee_names'
        ) }} as reasons

    from grouped_reasons
    group by period_start

),

-- A source that fell behind later has still delivered the months before.
late_sources as (

    select
        months.period_start,
        count(*) as source_count,
        {{ as_list_of_rows(
            as_message(message('finance.late_source', {
                'source': as_message(message('data_health.source', {'stream': 'sources.stream'})),
                'day': as_day('sources.last_event_date')
            })),
            'sources.sort_order'
        ) }} as late_sources

    from months
    inner join sources
        on sources.is_stale
        and sources.last_event_date < {{ dbt.dateadd('day', -1, 'months.period_end') }}
    group by months.period_start

),

-- What is lacking of a month and nobody answers for.
month_gaps as (

    select
        months.period_start,
        gaps.*,
        greatest(gaps.first_date, months.period_start) as first_day,
        least(gaps.last_date, cast({{ dbt.dateadd('day', -1, 'months.period_end') }} as date))
            as last_day

    from months
    inner join {{ ref('fct_coverage_gaps') }} as gaps
        on gaps.first_date < months.period_end
        and gaps.last_date >= months.period_start
    where gaps.waived_by is null

),

listed_gaps as (

    select
        period_start,
        {{ as_list_of_rows(
            as_message(coverage_gap('first_day', 'last_day')),
            'stream, account, input_name, first_day, currency_code'
        ) }} as gaps

    from month_gaps
    group by period_start

),

-- The ledger keeps what was signed; what is computed now may have moved since.
signed_months as (

    select
        signed.period_start,
        max(signed.period_state) as period_state,
        max(signed.signed_by) as signed_by,
        max(signed.signed_on) as signed_on,
        max(signed.paid_on) as paid_on,
        count(*) as signed_count,
        count(
            case
                when statements.earned_amount = signed.earned_amount then null
                else 1
            end
        ) as changed_count

    from {{ ref('stg_jointly__signed_statements') }} as signed
    left join statements
        on signed.period_start = statements.period_start
        and signed.payee_id = statements.payee_id
        and signed.currency_code = statements.currency_code
    group by signed.period_start

),

checks as (

    select
        period_start,
        'month_over' as check_id,
        10 as sort_order,
        case when is_final then 'ok' else 'wait' end as result_code,
        {{ message('finance.month_over', {
            'is_over': 'is_final', 'day': as_day('data_as_of'),
            'end': as_day(dbt.dateadd('day', -1, 'period_end'))
        }) }} as explanation_message
    from months

    union all

    select
        months.period_start, 'statements', 20,
        case
            when counts.period_start is null then 'nothing'
            when counts.incomplete_count > 0 then 'blocks'
            when counts.complete_count < counts.payee_count then 'wait'
            else 'ok'
        end,
        case
            when counts.period_start is null then {{ message('finance.no_members') }}
            else {{ message('finance.statements_complete', {
                'complete': 'counts.complete_count', 'of': 'counts.payee_count',
                'reasons': 'month_reasons.reasons'
            }) }}
        end
    from months
    left join statement_counts as counts
        on months.period_start = counts.period_start
    left join month_reasons
        on months.period_start = month_reasons.period_start

    union all

    select
        months.period_start, 'sources', 30,
        case when late_sources.source_count > 0 then 'blocks' else 'ok' end,
        {{ message('finance.sources_delivered', {
            'late': 'late_sources.late_sources', 'count': '(select count(*) from sources)'
        }) }}
    from months
    left join late_sources
        on months.period_start = late_sources.period_start

    union all

    select
        months.period_start, 'coverage', 35,
        case when months.incomplete_kpi_count > 0 then 'blocks' else 'ok' end,
        {{ message('finance.coverage', {
            'count': 'months.incomplete_kpi_count',
            'gaps': 'case when months.incomplete_kpi_count > 0 then listed_gaps.gaps end'
        }) }}
    from months
    left join listed_gaps
        on months.period_start = listed_gaps.period_start

    union all

    select
        months.period_start, 'signature', 130,
        case when signed.period_start is null then 'open' else 'ok' end,
        {{ message('finance.signature', {
            'state': "coalesce(signed.period_state, 'open')", 'by': 'signed.signed_by',
            'day': as_day('signed.signed_on'), 'paid': as_day('signed.paid_on'),
            'count': 'coalesce(signed.signed_count, 0)', 'changed': 'coalesce(signed.changed_count, 0)'
        }) }}
    from months
    left join signed_months as signed
        on months.period_start = signed.period_start

)

select * from checks
