-- One row per gap in what the sources deliver: days of an account that never came, and rejected
-- rows of the same days and currency; with who has waived it.

with

coverage as (

    select * from {{ ref('fct_source_coverage') }}

),

spans as (

    select * from {{ ref('stg_jointly__spans') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

streams as (

    select * from {{ ref('dim_streams') }}

),

waivers as (

    select * from {{ ref('waivers') }}

),

delivered_accounts as (

    select
        stream,
        input_name,
        account,
        max(date_day) as last_date

    from coverage
    where coverage_code in ('delivered', 'rejected')
    group by stream, input_name, account

),

-- Days that follow each other fall on one day when each is moved back by its number.
missing_days as (

    select
        *,
        {{ dbt.dateadd('day', '-cast(row_number() over (
            partition by stream, input_name, account, waived_by, waiver_reason order by date_day
        ) as integer)', 'date_day') }} as run_start

    from coverage
    where coverage_code = 'missing'

),

missing_runs as (

    select
        stream,
        input_name,
        account,
        min(date_day) as first_date,
        max(date_day) as last_date,
        waived_by,
        waiver_reason

    from missing_days
    group by stream, input_name, account, waived_by, waiver_reason, run_start

),

-- One account that stops is told from a whole source that is behind, of which nothing is old yet.
missing_gaps as (

    select
        runs.stream,
        runs.input_name,
        runs.account,
        case
            when runs.first_date < accounts.last_date then 'days'
            when
                {{ dbt.datediff('accounts.last_date', 'streams.last_event_date', 'day') }}
                > streams.stale_after_days
                then 'stopped'
            else 'behind'
        end as gap_code,
        runs.first_date,
        runs.last_date,
        cast(0 as bigint) as row_count,
        cast(null as decimal(28, 6)) as amount,
        cast(null as string) as currency_code,
        runs.waived_by,
        runs.waiver_reason

    from missing_runs as runs
    inner join delivered_accounts as accounts
        on runs.stream = accounts.stream
        and runs.input_name = accounts.input_name
        and runs.account = accounts.account
    inner join streams
        on runs.stream = streams.stream

),

-- A row that may be of any day may be of any day of the data.
rejected_rows as (

    select
        spans.stream,
        spans.input_name,
        coalesce(spans.account, '') as account,
        coalesce(spans.first_date, streams.first_event_date, as_of.as_of_date) as first_date,
        least(coalesce(spans.last_date, as_of.as_of_date), as_of.as_of_date) as last_date,
        spans.amount,
        spans.currency_code

    from spans
    cross join as_of
    inner join streams
        on spans.stream = streams.stream
    where spans.is_rejected

),

-- It is waived when all days it may be of are.
waived_rows as (

    select
        rows.*,
        coalesce(own_waivers.waived_by, input_waivers.waived_by) as waived_by,
        coalesce(own_waivers.reason, input_waivers.reason) as waiver_reason

    from rejected_rows as rows
    left join waivers as own_waivers
        on rows.stream = own_waivers.stream
        and rows.input_name = own_waivers.input
        and rows.account = own_waivers.account
        and rows.first_date >= own_waivers.from_day
        and rows.last_date <= own_waivers.to_day
    left join waivers as input_waivers
        on rows.stream = input_waivers.stream
        and rows.input_name = input_waivers.input
        and input_waivers.account is null
        and rows.first_date >= input_waivers.from_day
        and rows.last_date <= input_waivers.to_day

),

gaps as (

    select * from missing_gaps

    union all

    select
        stream,
        input_name,
        account,
        'rows' as gap_code,
        first_date,
        last_date,
        count(*) as row_count,
        cast(sum(amount) as decimal(28, 6)) as amount,
        currency_code,
        waived_by,
        waiver_reason

    from waived_rows
    where first_date <= last_date
    group by
        stream, input_name, account, first_date, last_date, currency_code, waived_by, waiver_reason

)

select
    gaps.stream,
    {{ message('data_health.source', {'stream': 'gaps.stream'}) }} as source_label_message,
    gaps.input_name,
    gaps.account,
    gaps.gap_code,
    {{ message('data_health.gap', {'gap': 'gaps.gap_code', 'rows': 'gaps.row_count'}) }}
        as gap_label_message,
    gaps.first_date,
    gaps.last_date,
    gaps.row_count,
    gaps.amount,
    gaps.currency_code,
    case
        when gaps.amount is not null and gaps.stream in {{ money_streams() }}
            then {{ message('data_health.gap_amount', {
                'amount': as_exact_money('gaps.amount', 'gaps.currency_code')
            }) }}
    end as worth_message,
    gaps.stream in {{ money_streams() }} as is_money,
    gaps.waived_by,
    gaps.waiver_reason,
    {{ message('data_health.gap_state', {'who': 'gaps.waived_by', 'why': 'gaps.waiver_reason'}) }}
        as state_message,
    case
        when gaps.waived_by is not null then 'neutral'
        when gaps.gap_code in ('days', 'stopped') or gaps.stream in {{ money_streams() }} then 'bad'
        else 'warn'
    end as tone

from gaps
