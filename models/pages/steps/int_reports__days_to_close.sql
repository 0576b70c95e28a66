-- One row per range, attribution model and member of a scope that won a deal: the median days from
-- the creation of a deal to its signature, each deal once however many touches earned it.

with

credit as (

    select * from {{ ref('fct_attribution_credit') }}

),

deals as (

    select * from {{ ref('dim_deals') }}
    where status = 'won'

),

touches as (

    select * from {{ ref('fct_touches') }}

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

credited_deals as (

    select
        credit.model,
        credit.deal_id,
        credit.channel_id,
        credit.campaign_id,
        touches.landing_page,
        deals.closed_date,
        {{ dbt.datediff('deals.created_date', 'deals.closed_date', 'day') }}
            as days_to_close

    from credit
    inner join deals
        on credit.deal_id = deals.deal_id
    left join touches
        on credit.touch_id = touches.touch_id

),

scoped_deals as (

    {% for scope_type in sourcing_scopes() %}
    select distinct
        credited_deals.model,
        {{ sourcing_member(scope_type, 'credited_deals') }}
        credited_deals.deal_id,
        credited_deals.closed_date,
        credited_deals.days_to_close

    from credited_deals
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    ranges.range_id,
    scoped_deals.model,
    scoped_deals.scope_type,
    scoped_deals.channel_id,
    scoped_deals.campaign_id,
    scoped_deals.landing_page,
    cast(median(scoped_deals.days_to_close) as decimal(28, 1)) as median_days_to_close

from scoped_deals
inner join ranges
    on scoped_deals.closed_date >= ranges.range_start
    and scoped_deals.closed_date < ranges.counted_end
group by
    ranges.range_id,
    scoped_deals.model,
    scoped_deals.scope_type,
    scoped_deals.channel_id,
    scoped_deals.campaign_id,
    scoped_deals.landing_page
