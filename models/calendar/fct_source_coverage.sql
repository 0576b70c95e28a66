-- One row per stream, input, account and day from its first on: whether the source delivered it.

with

spans as (

    select * from {{ ref('stg_jointly__spans') }}

),

dates as (

    select * from {{ ref('dim_dates') }}

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

-- An account may move from one input to another: what either delivers is delivered, and the input
-- that reaches furthest answers for the rest. Where there are no accounts each input is one.
accounts as (

    select
        stream,
        account,
        case when account = '' then input_name else '' end as own_input,
        max_by(input_name, last_date) as input_name,
        min(first_date) as first_date,
        max(last_date) as last_date,
        max(case when is_zero_without_rows then 1 else 0 end) = 1 as is_zero_without_rows,
        max(case when proves_days then 1 else 0 end) = 1 as proves_days

    from spans
    where not is_rejected
    group by stream, account, case when account = '' then input_name else '' end

),

account_days as (

    select
        accounts.stream,
        accounts.input_name,
        accounts.account,
        accounts.own_input,
        dates.date_day,
        -- Beside visits that are handed over, counted ones only fill in for days without any.
        (
            accounts.proves_days
            or accounts.stream in {{ daily_streams() }}
            and not (accounts.stream = 'visit_counts' and handed_over.has_visits)
        ) as is_daily,
        accounts.is_zero_without_rows,
        accounts.last_date,
        as_of.as_of_date,
        streams.stale_after_days

    from accounts
    cross join as_of
    cross join (
        select count(case when stream = 'sessions' and is_connected then 1 end) > 0 as has_visits
        from streams
    ) as handed_over
    inner join streams
        on accounts.stream = streams.stream
    inner join dates
        on accounts.first_date <= dates.date_day
        and dates.date_day <= as_of.as_of_date

),

said_days as (

    select
        account_days.stream,
        account_days.input_name,
        account_days.account,
        account_days.date_day,
        account_days.is_daily,
        account_days.is_zero_without_rows,
        account_days.last_date,
        account_days.as_of_date,
        account_days.stale_after_days,
        count(case when not spans.is_rejected then 1 end) > 0 as is_covered,
        count(case when spans.is_rejected then 1 end) as rejected_row_count

    from account_days
    left join spans
        on account_days.stream = spans.stream
        and (account_days.own_input = '' or account_days.own_input = spans.input_name)
        and account_days.account = coalesce(spans.account, account_days.account)
        and account_days.date_day >= spans.first_date
        and account_days.date_day <= coalesce(spans.last_date, account_days.date_day)
    group by
        account_days.stream,
        account_days.input_name,
        account_days.account,
        account_days.date_day,
        account_days.is_daily,
        account_days.is_zero_without_rows,
        account_days.last_date,
        account_days.as_of_date,
        account_days.stale_after_days

),

{% set account = 'stream, input_name, account' %}
silent_days as (

    select
        *,
        max(case when is_covered then date_day end) over (
            partition by {{ account }} order by date_day
            rows between unbounded preceding and current row
        ) as silent_since,
        coalesce(
            min(case when is_covered then date_day end) over (
                partition by {{ account }} order by date_day
                rows between current row and unbounded following
            ),
            as_of_date
        ) as silent_until

    from said_days

),

-- The end of an account, and quiet days, are judged once there are more than its source may be
-- behind.
judged_days as (

    select
        *,
        case
            when rejected_row_count > 0 then 'rejected'
            when is_covered or is_zero_without_rows then 'delivered'
            when not is_daily then 'unproven'
            when
                {{ dbt.datediff('silent_since', 'silent_until', 'day') }} > stale_after_days  -- noqa: LT05
                then 'missing'
            when
                date_day < last_date and stream not in {{ daily_streams_with_quiet_days() }}
                then 'missing'
            else 'unproven'
        end as coverage_code

    from silent_days

)

select
    days.stream,
    days.input_name,
    days.account,
    days.date_day,
    days.coverage_code,
    days.rejected_row_count,
    case
        when days.coverage_code = 'missing'
            then coalesce(own_waivers.waived_by, input_waivers.waived_by)
    end as waived_by,
    case
        when days.coverage_code = 'missing'
            then coalesce(own_waivers.reason, input_waivers.reason)
    end as waiver_reason

from judged_days as days
left join waivers as own_waivers
    on days.stream = own_waivers.stream
    and days.input_name = own_waivers.input
    and days.account = own_waivers.account
    and days.date_day >= own_waivers.from_day
    and days.date_day <= own_waivers.to_day
left join waivers as input_waivers
    on days.stream = input_waivers.stream
    and days.input_name = input_waivers.input
    and input_waivers.account is null
    and days.date_day >= input_waivers.from_day
    and days.date_day <= input_waivers.to_day
