-- One row per law of money and what it was checked on: the amount that went in, the amount that
-- came out, and whether they agree to the cent.

with

spend_checks as (

    select * from {{ ref('int_reports__spend_checks') }}

),

credit_checks as (

    select * from {{ ref('int_reports__credit_checks') }}

),

checks as (

    select
        'Ad spend in = ad spend out' as check_label,
        platform as subject,
        10 as sort_order,
        loaded_amount as amount_in,
        reported_amount as amount_out,
        currency_code as unit,
        cast(0 as bigint) as broken_rows
    from spend_checks

    union all

    select
        'Credited booked revenue = booked revenue', model_label, 20, booked_amount,
        credited_booked_amount, '{{ var("company_currency") }}', 0
    from credit_checks

    union all

    select
        'Credited collected revenue = collected revenue of deals', model_label, 30,
        collected_amount, credited_collected_amount, '{{ var("company_currency") }}', 0
    from credit_checks

    union all

    select
        'Credit of each deal sums to 1', model_label, 40, cast(deal_count as decimal(24, 2)),
        cast(deal_count - broken_deal_count as decimal(24, 2)), 'deals', broken_deal_count
    from credit_checks

),

judged_checks as (

    select
        check_label,
        subject,
        sort_order,
        cast(coalesce(amount_in, 0) as decimal(24, 2)) as amount_in,
        cast(coalesce(amount_out, 0) as decimal(24, 2)) as amount_out,
        cast(coalesce(amount_in, 0) - coalesce(amount_out, 0) as decimal(24, 2)) as difference,
        unit,
        coalesce(amount_in, 0) = coalesce(amount_out, 0) and broken_rows = 0 as is_passed

    from checks
    -- Where nothing went in and nothing came out there is nothing to agree.
    where coalesce(amount_in, 0) != 0 or coalesce(amount_out, 0) != 0

)

select
    *,
    {{ check_text('amount_in') }} as in_text,
    {{ check_text('amount_out') }} as out_text,
    {{ check_text('difference') }} as difference_text,
    case when is_passed then 'agrees' else 'DIFFERS' end as result

from judged_checks
