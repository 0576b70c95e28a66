-- One row per month, check and currency: whether the money that went in came out. A check without
-- money in the month has one row that says so.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

amounts as (

    select * from {{ ref('int_finance__reconciled_amounts') }}

),

check_names as (

    select * from (
        values
        ('lines', 'Statement lines = statements', 40, 'no statement has an amount'),
        ('pools', 'Pools = pool payouts', 50, 'no pool is paid with this month'),
        (
            'pool_parts', 'Pool payouts = pool parts of statements', 60,
            'no pool is paid with this month'
        ),
        ('spend_delivered', 'Ad cost loaded = ad cost kept', 70, 'no ad cost was delivered'),
        ('spend_reported', 'Ad cost kept = ad spend on the pages', 80, 'no ad cost was delivered'),
        ('cash_delivered', 'Payments loaded = payments kept', 90, 'no payment was delivered'),
        ('cash_reported', 'Payments kept = collected revenue', 100, 'no payment was delivered'),
        (
            'channel_credit', 'Collected revenue = sum of its channels', 110,
            'no payment was delivered'
        )
    ) as names (check_id, check_label, sort_order, nothing_text)

),

checks as (

    select
        months.period_start,
        check_names.check_id,
        check_names.check_label,
        check_names.sort_order,
        amounts.unit,
        amounts.amount_in,
        amounts.amount_out,
        cast(amounts.amount_in - amounts.amount_out as decimal(24, 6)) as difference,
        case
            when amounts.check_id is null then 'Nothing to check'
            when amounts.amount_in = amounts.amount_out then 'OK'
            else 'Blocks'
        end as result,
        case
            when amounts.check_id is null then check_names.nothing_text
            when amounts.amount_in = amounts.amount_out then 'to the cent, in ' || amounts.unit
            else 'the two sides differ, in ' || amounts.unit || ': do not pay before they agree'
        end as explanation

    from months
    cross join check_names
    left join amounts
        on months.period_start = amounts.period_start
        and check_names.check_id = amounts.check_id

)

select * from checks
