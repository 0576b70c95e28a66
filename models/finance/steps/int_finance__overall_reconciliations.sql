-- One row per check over all data and what it is made on: ad cost of a platform, credit of an
-- attribution model, rows of a source. What neither went in nor came out proves nothing.

with

spend_checks as (

    select * from {{ ref('int_reports__spend_checks') }}

),

credit_checks as (

    select * from {{ ref('int_reports__credit_checks') }}

),

row_checks as (

    select * from {{ ref('int_finance__row_checks') }}

),

checks as (

    select
        'spend_by_platform' as check_id,
        'Ad spend loaded = ad spend reported' as check_label,
        platform as subject,
        200 as sort_order,
        currency_code as unit,
        loaded_amount as amount_in,
        reported_amount as amount_out,
        cast(0 as bigint) as broken_count
    from spend_checks

    union all

    select
        'booked_credit', 'Credited booked revenue = booked revenue', model_label, 210,
        '{{ var("company_currency") }}', booked_amount, credited_booked_amount, 0
    from credit_checks

    union all

    select
        'collected_credit', 'Credited collected revenue = collected revenue of deals', model_label,
        220, '{{ var("company_currency") }}', collected_amount, credited_collected_amount, 0
    from credit_checks

    union all

    select
        'credit_shares', 'Credit of each deal sums to 1', model_label, 230, 'deals', deal_count,
        deal_count - broken_deal_count, broken_deal_count
    from credit_checks

),

agreed_checks as (

    select
        check_id,
        check_label,
        subject,
        sort_order,
        unit,
        cast(coalesce(amount_in, 0) as decimal(24, 6)) as amount_in,
        cast(coalesce(amount_out, 0) as decimal(24, 6)) as amount_out,
        coalesce(amount_in, 0) = coalesce(amount_out, 0) and broken_count = 0 as is_passed

    from checks
    where coalesce(amount_in, 0) != 0 or coalesce(amount_out, 0) != 0

    union all

    select
        'rejected_rows', 'Rows delivered are loaded', source_label, 240, 'rows',
        cast(delivered_rows as decimal(24, 6)), cast(loaded_rows as decimal(24, 6)), is_passed
    from row_checks

),

compared_checks as (

    select
        *,
        cast(amount_in - amount_out as decimal(24, 6)) as difference,
        {{ exact_ratio('amount_in - amount_out', 'amount_in') }} as missing_share

    from agreed_checks

),

judged_checks as (

    select
        check_id,
        check_label,
        subject,
        sort_order,
        unit,
        amount_in,
        amount_out,
        difference,
        case when is_passed then 'OK' else 'Blocks' end as result,
        case
            when check_id = 'rejected_rows'
                then {{ precise_rate_text('missing_share') }}
                    || ' of the rows were rejected'
                    || case
                        when is_passed then ''
                        else ': their money is in no number, correct the export'
                    end
            when is_passed then 'to the last decimal'
            else 'the two sides differ: do not pay before they agree'
        end as explanation

    from compared_checks

)

select * from judged_checks
