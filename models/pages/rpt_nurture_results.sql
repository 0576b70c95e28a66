-- One row per range and reason (and their total): leads sent to nurture in the range, leads that
-- came back in it and what that has brought since, and who is in nurture today.

with

nurture_spells as (

    select
        *,
        {{ company_date('returned_at') }} as returned_date

    from {{ ref('fct_nurture_spells') }}

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

reasoned_spells as (

    {% for is_total in ['false', 'true'] %}
    select
        *,
        {{ 'reason' if loop.first else 'cast(null as varchar)' }} as nurture_reason,
        {{ is_total }} as is_total

    from nurture_spells
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

ranged_spells as (

    select
        ranges.range_id,
        reasoned_spells.nurture_reason,
        reasoned_spells.is_total,
        reasoned_spells.recycled_date >= ranges.range_start
        and reasoned_spells.recycled_date < ranges.counted_end as is_sent,
        coalesce(
            reasoned_spells.returned_date >= ranges.range_start
            and reasoned_spells.returned_date < ranges.counted_end,
            false
        ) as is_back,
        reasoned_spells.status,
        reasoned_spells.is_won_later,
        reasoned_spells.collected_later_amount

    from reasoned_spells
    cross join ranges

),

counted_spells as (

    select
        range_id,
        nurture_reason,
        is_total,
        count(case when is_sent then 1 end) as sent_leads,
        count(case when is_back then 1 end) as returned_leads,
        count(case when is_back and is_won_later then 1 end) as won_leads,
        -- One payment without a rate makes the sum unknown, not smaller.
        case
            when
                count(case when is_back then 1 end)
                = count(case when is_back then collected_later_amount end)
                then coalesce(sum(case when is_back then collected_later_amount end), 0)
        end as collected_amount,
        count(case when status = 'in_nurture' then 1 end) as waiting_leads

    from ranged_spells
    group by range_id, nurture_reason, is_total

)

select
    range_id,
    {{ name_or(
        'nurture_reason', message('lead_quality.nurture_reason', {'is_total': 'is_total'})
    ) }} as nurture_reason_message,
    is_total,
    cast(sent_leads as bigint) as sent_leads,
    cast(returned_leads as bigint) as returned_leads,
    cast(won_leads as bigint) as won_leads,
    cast(collected_amount as decimal(28, 2)) as collected_amount,
    cast(waiting_leads as bigint) as waiting_leads

from counted_spells
where is_total or sent_leads > 0 or returned_leads > 0
