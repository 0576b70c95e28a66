-- One row per deal, model and touch that earns credit; one row without a touch where there is none.

with

-- A model without shares for its ends treats every touch alike; so does any model with one touch,
-- and one that gives both ends nothing where the ends are all there is.
compared_touches as (

    select
        *,
        model_touch_count = 1
        or first_share is null
        or (model_touch_count = 2 and first_share + last_share = 0) as is_even

    from {{ ref('int_attribution__model_touches') }}

),

-- A share is weight / total_weight. The touches between the first and the last divide evenly
-- what those two leave; where there are none between, the two divide all of it.
weighted_touches as (

    select
        *,
        case
            when is_even then 1
            when model_touch_number = 1
                then {{ product('first_share', 6, 'greatest(model_touch_count - 2, 1)', 0) }}
            when model_touch_number = model_touch_count
                then {{ product('last_share', 6, 'greatest(model_touch_count - 2, 1)', 0) }}
            else 1 - first_share - last_share
        end as weight,
        case
            when is_even then model_touch_count
            when model_touch_count = 2 then first_share + last_share
            else model_touch_count - 2
        end as total_weight

    from compared_touches

),

ranked_touches as (

    select
        *,
        -- Whole ten-billionths, so that shares of a deal can sum to it.
        {{ whole_quotient(
            whole_product(smallest_units('weight', 6), '10000000000'),
            smallest_units('total_weight', 6)
        ) }} as share_units,
        -- 1 takes what rounding leaves over: the largest share, ties to the earliest touch.
        row_number() over (
            partition by deal_id, model
            order by weight desc, model_touch_number
        ) as remainder_rank

    from weighted_touches
    where weight > 0

),

completed_touches as (

    select
        *,
        case
            when remainder_rank = 1
                then 10000000000 - sum(share_units) over (partition by deal_id, model)
            else 0
        end as units_left_over

    from ranked_touches

),

touch_shares as (

    select
        deal_id,
        lead_id,
        model,
        is_default,
        touch_id,
        touch_number,
        session_id,
        channel_id,
        campaign_id,
        remainder_rank,
        cast({{ from_smallest_units('share_units + units_left_over', 10) }} as decimal(12, 10))
            as credit_share

    from completed_touches

)

select * from touch_shares
