-- One row per won deal, payee and component paid by deals: the rate of the plan in force on the day
-- the deal was closed, what is paid when, and from when on somebody else looks after the client.

with

deals as (

    select * from {{ ref('dim_deals') }}
    where status = 'won'

),

splits as (

    select * from {{ ref('deal_splits') }}

),

components as (

    select * from {{ ref('plan_components') }}
    where payout_basis = 'deals'

),

members as (

    select * from {{ ref('plan_members') }}

),

terms as (

    select * from {{ ref('commission_terms') }}

),

tiers as (

    select * from {{ ref('component_tiers') }}

),

-- Where nobody is named, a deal is its owner's.
deal_payees as (

    select
        deals.*,
        coalesce(splits.payee_id, deals.person_id) as payee_id,
        cast(coalesce(splits.share, 1) as decimal(9, 4)) as split_share,
        -- A deal below zero has the rate of the smallest.
        case when deals.booked_amount < 0 then 0 else deals.booked_amount end as tier_amount

    from deals
    left join splits
        on deals.deal_id = splits.deal_id

),

-- The client is handed over when somebody else than the winner gets it after the signature.
handovers as (

    select
        deals.deal_id,
        min(owners.owned_from_date) as handover_date

    from deals
    inner join {{ ref('fct_client_owners') }} as owners
        on deals.client_id = owners.client_id
        and owners.owned_from > deals.closed_at
        and owners.person_id != deals.person_id
    group by deals.deal_id

),

rated_deals as (

    select
        deal_payees.deal_id,
        deal_payees.client_id,
        deal_payees.closed_date,
        deal_payees.booked_amount,
        deal_payees.payee_id,
        deal_payees.split_share,
        components.plan_id,
        components.component_id,
        handovers.handover_date,
        cast(coalesce(terms.closing_share, 0) as decimal(9, 4)) as closing_share,
        case
            when terms.lapse_days is not null
                then cast({{ dbt.dateadd(
                    'day', 'terms.lapse_days', 'deal_payees.closed_date'
                ) }} as date)
        end as lapse_date,
        cast(tiers.payout_rate as decimal(9, 4)) as tier_rate,
        case
            when
                terms.product_line_ids is not null
                and '|' || terms.product_line_ids || '|'
                not like '%|' || coalesce(deal_payees.product_line_id, '') || '|%'
                then 'other_product'
            when terms.minimum_margin is not null and deal_payees.margin_share is null
                then 'no_margin'
            when deal_payees.margin_share < terms.minimum_margin then 'low_margin'
            when tiers.component_id is null then 'no_amount'
        end as rate_code

    from deal_payees
    inner join members
        on deal_payees.payee_id = members.payee_id
        and {{ is_in_force('members', 'deal_payees.closed_date') }}
    inner join components
        on members.plan_id = components.plan_id
        and {{ is_in_force('components', 'deal_payees.closed_date') }}
    left join terms
        on components.component_id = terms.component_id
        and {{ is_in_force('terms', 'deal_payees.closed_date') }}
    -- One rate for deals of any amount is known of a deal without one, too.
    left join tiers
        on components.component_id = tiers.component_id
        and {{ is_in_force('tiers', 'deal_payees.closed_date') }}
        and (
            (tiers.tier_from = 0 and tiers.tier_to is null)
            or {{ is_in_tier('tiers', 'deal_payees.tier_amount') }}
        )
    left join handovers
        on deal_payees.deal_id = handovers.deal_id

),

deal_rates as (

    select
        *,
        case
            when rate_code is null then tier_rate
            when rate_code in ('other_product', 'low_margin') then cast(0 as decimal(9, 4))
        end as rate

    from rated_deals

)

select * from deal_rates
