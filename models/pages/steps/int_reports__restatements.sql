-- One row per source, export and month that is over and whose money has changed since: what the
-- first day of loads after its end knew of it, what is known now, and what kind of change lies
-- between.

with

as_of as (

    select as_of_date from {{ ref('dim_as_of') }}

),

rates as (

    select * from {{ ref('int_money__rates') }}

),

loads as (

    select * from {{ ref('stg_jointly__loads') }}

),

versions as (

    select
        versions.stream,
        versions.input_name,
        versions.record_id,
        versions.from_file_id,
        versions.until_file_id,
        cast({{ dbt.date_trunc('month', 'versions.version_date') }} as date) as month_start,
        cast({{ product('versions.amount', 6, 'rates.rate', 10) }} as decimal(28, 6)) as amount

    from {{ ref('stg_files__money_versions') }} as versions
    inner join as_of
        on versions.version_date <= as_of.as_of_date
    left join rates
        on versions.currency_code = rates.currency_code
        and versions.version_date >= rates.valid_from
        and versions.version_date < rates.valid_to

),

months as (

    select distinct
        stream,
        month_start

    from versions

),

daily_loads as (

    select
        stream,
        {{ company_date('finished_at') }} as loaded_on,
        max(last_file_id) as last_file_id

    from loads
    group by stream, {{ company_date('finished_at') }}

),

-- What was known of a month when it closed is what the first day with a load after its end brought:
-- files and each of the systems are loads of their own, one after another.
closed_months as (

    select
        months.stream,
        months.month_start,
        min_by(daily_loads.last_file_id, daily_loads.loaded_on) as closed_file_id

    from months
    inner join daily_loads
        on months.stream = daily_loads.stream
        and daily_loads.loaded_on >= {{ dbt.dateadd('month', 1, 'months.month_start') }}
    group by months.stream, months.month_start

),

-- Of what came, went or was stated anew since: the version of then and the one that counts.
changed_versions as (

    select
        versions.*,
        versions.from_file_id <= closed_months.closed_file_id as is_then,
        case
            when versions.from_file_id > closed_months.closed_file_id then versions.from_file_id
            else versions.until_file_id
        end as changed_file_id

    from versions
    inner join closed_months
        on versions.stream = closed_months.stream
        and versions.month_start = closed_months.month_start
    where
        (versions.from_file_id > closed_months.closed_file_id and versions.until_file_id is null)
        or (
            versions.from_file_id <= closed_months.closed_file_id
            and versions.until_file_id > closed_months.closed_file_id
        )

),

paired_records as (

    select
        stream,
        month_start,
        record_id,
        coalesce(
            max(case when not is_then then input_name end), max(input_name)
        ) as input_name,
        max(changed_file_id) as changed_file_id,
        count(case when is_then then 1 end) as then_count,
        count(case when not is_then then 1 end) as now_count,
        count(amount) = count(*) as is_known,
        coalesce(sum(case when is_then then amount end), 0) as then_amount,
        coalesce(sum(case when not is_then then amount end), 0) as now_amount

    from changed_versions
    group by stream, month_start, record_id

),

changed_records as (

    select
        *,
        case
            when then_count = 0 then 'added'
            when now_count = 0 then 'removed'
            else 'corrected'
        end as change_kind,
        now_amount - then_amount as changed_amount

    from paired_records
    where now_amount != then_amount or not is_known

),

summed_changes as (

    select
        stream,
        input_name,
        month_start,
        count(*) as record_count,
        count(case when not is_known then 1 end) as unknown_count,
        max(changed_file_id) as changed_file_id,
        {% for kind in ['added', 'removed', 'corrected'] %}
        cast(
            sum(case when change_kind = '{{ kind }}' then changed_amount else 0 end)
            as decimal(28, 2)
        ) as {{ kind }}_amount{{ '' if loop.last else ',' }}
        {% endfor %}

    from changed_records
    group by stream, input_name, month_start

),

current_amounts as (

    select
        stream,
        input_name,
        month_start,
        -- One amount without a rate makes the sum unknown, not smaller.
        case when count(*) = count(amount) then cast(sum(amount) as decimal(28, 2)) end as amount

    from versions
    where until_file_id is null
    group by stream, input_name, month_start

),

restatements as (

    select
        changes.stream,
        changes.input_name,
        changes.month_start,
        changes.record_count,
        changes.unknown_count,
        changes.changed_file_id,
        case when amounts.stream is null then 0 else amounts.amount end as current_amount,
        case when changes.unknown_count = 0 then changes.added_amount end as added_amount,
        case when changes.unknown_count = 0 then changes.removed_amount end as removed_amount,
        case when changes.unknown_count = 0 then changes.corrected_amount end as corrected_amount

    from summed_changes as changes
    left join current_amounts as amounts
        on changes.stream = amounts.stream
        and changes.input_name = amounts.input_name
        and changes.month_start = amounts.month_start

)

select
    *,
    current_amount - added_amount - removed_amount - corrected_amount as first_amount,
    added_amount + removed_amount + corrected_amount as changed_amount

from restatements
