-- One row per range, attribution model and member of a scope (all, channel, campaign, landing
-- page): the parts of every sourcing number, summed before anything is divided.

with

parts as (

    select * from {{ ref('int_reports__sourcing_parts') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

scoped_parts as (

    {% for scope_type in sourcing_scopes() %}
    select
        parts.model,
        parts.month_start,
        {{ sourcing_member(scope_type, 'parts') }}
        parts.spend_amount,
        parts.visits,
        parts.leads,
        parts.qualified_leads,
        parts.judged_leads,
        parts.ignored_leads,
        parts.wasted_amount,
        parts.won_deals,
        parts.closed_deals,
        parts.collected_amount

    from parts
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    ranges.range_id,
    scoped_parts.model,
    scoped_parts.scope_type,
    scoped_parts.channel_id,
    scoped_parts.campaign_id,
    scoped_parts.landing_page,
    sum(scoped_parts.spend_amount) as spend_amount,
    sum(scoped_parts.visits) as visits,
    sum(scoped_parts.leads) as leads,
    sum(scoped_parts.qualified_leads) as qualified_leads,
    sum(scoped_parts.judged_leads) as judged_leads,
    sum(scoped_parts.ignored_leads) as ignored_leads,
    sum(scoped_parts.wasted_amount) as wasted_amount,
    sum(scoped_parts.won_deals) as won_deals,
    sum(scoped_parts.closed_deals) as closed_deals,
    sum(scoped_parts.collected_amount) as collected_amount

from scoped_parts
inner join ranges
    on scoped_parts.month_start >= ranges.range_start
    and scoped_parts.month_start < ranges.range_end
group by
    ranges.range_id,
    scoped_parts.model,
    scoped_parts.scope_type,
    scoped_parts.channel_id,
    scoped_parts.campaign_id,
    scoped_parts.landing_page
