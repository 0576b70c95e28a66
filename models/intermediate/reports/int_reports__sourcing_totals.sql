-- One row per range, attribution model and member of a scope (all, channel, campaign, landing page):
-- the parts of every sourcing number, summed before anything is divided.

{% set supply = [
    'spend_amount', 'visits', 'leads', 'qualified_leads', 'judged_leads', 'ignored_leads',
    'wasted_amount',
] %}
{% set credit = ['won_deals', 'closed_deals', 'collected_amount'] %}

with

lead_supply as (

    select * from {{ ref('int_reports__lead_supply') }}

),

deal_credit as (

    select * from {{ ref('int_reports__deal_credit') }}

),

attribution_models as (

    select distinct model from {{ ref('attribution_models') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

channels as (

    select channel_id from {{ ref('dim_channels') }}

    union all

    select null as channel_id

),

-- Cost and leads are the same whichever way the deals are credited.
parts as (

    select
        attribution_models.model,
        lead_supply.month_start,
        lead_supply.channel_id,
        lead_supply.campaign_id,
        lead_supply.landing_page,
        {% for measure in supply %}
        lead_supply.{{ measure }},
        {% endfor %}
        {% for measure in credit %}
        0 as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}

    from lead_supply
    cross join attribution_models

    union all

    select
        model,
        month_start,
        channel_id,
        campaign_id,
        landing_page,
        {% for measure in supply %}
        0 as {{ measure }},
        {% endfor %}
        {% for measure in credit %}
        {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}

    from deal_credit

    union all

    -- A channel without anything, "unattributed" included, still has its row.
    select
        attribution_models.model,
        ranges.range_start as month_start,
        channels.channel_id,
        null as campaign_id,
        null as landing_page,
        {% for measure in supply + credit %}
        0 as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}

    from ranges
    cross join channels
    cross join attribution_models
    where ranges.range_type = 'month'

),

scoped_parts as (

    {% for scope_type in sourcing_scopes() %}
    select
        parts.model,
        parts.month_start,
        {{ sourcing_member(scope_type, 'parts') }}
        {% for measure in supply + credit %}
        parts.{{ measure }}{{ ',' if not loop.last }}
        {% endfor %}

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
    {% for measure in supply + credit %}
    sum(scoped_parts.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
    {% endfor %}

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
