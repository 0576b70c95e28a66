-- One row per month, law and unit: whether the money that went in came out. A law without money in
-- the month has one row that says so.

with

months as (

    select * from {{ ref('int_finance__months') }}

),

laws as (

    select * from {{ ref('int_finance__data_laws') }}

    union all

    select * from {{ ref('int_finance__pay_laws') }}

),

law_names as (

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
    ) as names (law, check_label, sort_order, nothing_text)

),

checks as (

    select
        months.period_start,
        law_names.law as check_id,
        law_names.check_label,
        law_names.sort_order,
        laws.unit,
        laws.amount_in,
        laws.amount_out,
        cast(laws.amount_in - laws.amount_out as decimal(24, 6)) as difference,
        case
            when laws.law is null then 'Nothing to check'
            when laws.amount_in = laws.amount_out then 'OK'
            else 'Blocks'
        end as result,
        case
            when laws.law is null then law_names.nothing_text
            when laws.amount_in = laws.amount_out then 'to the cent, in ' || laws.unit
            else 'the two sides differ, in ' || laws.unit || ': do not pay before they agree'
        end as explanation

    from months
    cross join law_names
    left join laws
        on months.period_start = laws.period_start
        and law_names.law = laws.law

)

select * from checks
