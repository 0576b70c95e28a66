-- Channels, campaigns and landing pages, the unattributed rest included, add up to the total under
-- every model, where the total is known. A row is a range, model and scope whose money, cost, leads
-- or deals do not.

with

sourcing as (

    select * from {{ ref('int_reports__channel_kpis') }}

),

totals as (

    select * from sourcing
    where scope_type = 'all'

),

scope_sums as (

    select
        range_id,
        model,
        scope_type,
        sum(collected_amount) as collected_amount,
        sum(spend_amount) as spend_amount,
        sum(leads) as leads,
        sum(won_deals) as won_deals,
        sum(wasted_amount) as wasted_amount

    from sourcing
    where scope_type != 'all'
    group by range_id, model, scope_type

)

select
    scope_sums.range_id,
    scope_sums.model,
    scope_sums.scope_type

from scope_sums
left join totals
    on scope_sums.range_id = totals.range_id
    and scope_sums.model = totals.model
where
    totals.range_id is null
    -- A channel may be known where the company is not, for one campaign day without a rate.
    or scope_sums.collected_amount != totals.collected_amount
    or (scope_sums.scope_type != 'landing_page' and scope_sums.spend_amount != totals.spend_amount)
    or scope_sums.leads != totals.leads
    or scope_sums.won_deals != totals.won_deals
    or scope_sums.wasted_amount != totals.wasted_amount
