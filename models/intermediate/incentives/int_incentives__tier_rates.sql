-- One row per payee, month and component with tiers: the rate each kind of curve reads off them.

with

reached_tiers as (

    select * from {{ ref('int_incentives__reached_tiers') }}

),

tier_rates as (

    select
        payee_id,
        period_start,
        component_id,
        cast(sum(case when is_top then payout_rate end) as decimal(9, 4)) as top_rate,
        cast(sum({{ product('payout_rate', 4, 'slice', 10) }}) as decimal(38, 14)) as sum_of_slices,
        cast(sum(
            case
                when is_top
                    then payout_rate + coalesce({{
                        exact_quotient(product('rate_rise', 4, 'slice', 10), 'tier_width')
                    }}, 0)
            end
        ) as decimal(38, 14)) as interpolated_rate

    from reached_tiers
    group by payee_id, period_start, component_id

)

select * from tier_rates
