-- One row per range, attribution model and member of a scope of the marketing pages (all, channel,
-- campaign, landing page): its KPIs side by side.

{% set columns = [
    ('spend_amount', 'spend', 'value', false),
    ('visits', 'visits', 'value', false),
    ('leads', 'leads', 'value', false),
    ('ignored_leads', 'ignored_lead_rate', 'numerator', false),
    ('wasted_amount', 'wasted_spend', 'value', false),
    ('won_deals', 'won_deals', 'value', true),
    ('closed_deals', 'win_rate_count', 'denominator', true),
    ('collected_amount', 'collected_revenue', 'value', true),
    ('qualified_share', 'qualified_share', 'value', false),
    ('worked_share', 'worked_share', 'value', false),
    ('win_rate', 'win_rate_count', 'value', true),
    ('cost_per_won', 'cost_per_won', 'value', true),
    ('cost_per_lead', 'cost_per_lead', 'value', false),
    ('roas', 'roas', 'value', true),
] %}
{% set ratios = [
    'qualified_share', 'worked_share', 'win_rate', 'cost_per_won', 'cost_per_lead', 'roas'
] %}

with

details as (

    select * from {{ ref('fct_kpi_details') }}
    where scope_type in ({{ scopes_with('by_model') }})

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'channel')

),

-- Readers choose among the models in force.
credit_models as (

    select
        models.model,
        max(
            case
                when {{ is_in_force('models', 'as_of.as_of_date') }} then models.model_label
            end
        ) as model_label

    from {{ ref('attribution_models') }} as models
    cross join {{ ref('dim_as_of') }} as as_of
    group by models.model

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

days_to_close as (

    select * from {{ ref('int_reports__days_to_close') }}

),

channels as (

    select channel_id from {{ ref('dim_channels') }}

    union all

    select 'unattributed' as channel_id

),

members as (

    select
        kpi,
        attribution_model,
        case scope_type
            when 'company' then 'all'
            when 'channel_campaign' then 'campaign'
            when 'channel_landing_page' then 'landing_page'
            else scope_type
        end as scope_type,
        case scope_type
            when 'company' then 'all' when 'channel' then scope_id else channel_id
        end as channel_id,
        case
            when scope_type != 'channel_campaign' then 'all'
            when campaign_id = 'unattributed' then 'none'
            else campaign_id
        end as campaign_id,
        case
            when scope_type != 'channel_landing_page' then 'all'
            when landing_page = 'unattributed' then 'none'
            else landing_page
        end as landing_page,
        period_type,
        period_start,
        numerator,
        denominator,
        value

    from details

    union all

    select
        kpi,
        'default' as attribution_model,
        case scope_type when 'company' then 'all' else scope_type end as scope_type,
        case scope_type when 'company' then 'all' else scope_id end as channel_id,
        'all' as campaign_id,
        'all' as landing_page,
        period_type,
        period_start,
        numerator,
        denominator,
        value

    from kpi_values

    union all

    -- A channel without anything, "unattributed" included, still has its row.
    select
        cast(null as string) as kpi,
        'default' as attribution_model,
        'channel' as scope_type,
        channels.channel_id,
        'all' as campaign_id,
        'all' as landing_page,
        ranges.range_type as period_type,
        ranges.range_start as period_start,
        cast(null as decimal(28, 10)) as numerator,
        cast(null as decimal(28, 10)) as denominator,
        cast(null as decimal(28, 10)) as value

    from ranges
    cross join channels

),

side_by_side as (

    select
        ranges.range_id,
        credit_models.model,
        members.scope_type,
        members.channel_id,
        members.campaign_id,
        members.landing_page,
        {% for name, kpi, part, by_model in columns %}
        {% set is_column %}
members.kpi = '{{ kpi }}' and members.attribution_model
            = {{ 'credit_models.model' if by_model else "'default'" }}
        {%- endset %}
        max(case when {{ is_column }} then members.{{ part }} end) as {{ name }},
        {% if name not in ratios %}
        count(case when {{ is_column }} then 1 end) > 0 as has_{{ name }},
        {% endif %}
        {% endfor %}
        max(ranges.range_type) as range_type,
        max(ranges.range_start) as range_start,
        max(credit_models.model_label) as model_label

    from members
    inner join credit_models
        on members.attribution_model in (credit_models.model, 'default')
    inner join ranges
        on members.period_type = ranges.range_type
        and members.period_start = ranges.range_start
    group by
        ranges.range_id,
        credit_models.model,
        members.scope_type,
        members.channel_id,
        members.campaign_id,
        members.landing_page

),

-- Where the company's number is known, a member without a row of its own had none: zero.
filled as (

    select
        members.range_id,
        members.model,
        members.scope_type,
        members.channel_id,
        members.campaign_id,
        members.landing_page,
        {% for name, kpi, part, by_model in columns %}
        {% if name in ratios %}
        members.{{ name }},
        {% else %}
        case
            when members.has_{{ name }} then members.{{ name }}
            {% if name == 'spend_amount' %}
            -- Ads are paid by campaign: what a landing page cost is not known.
            when members.scope_type = 'landing_page' then null
            {% endif %}
            when companies.{{ name }} is not null then cast(0 as decimal(28, 10))
        end as {{ name }},
        {% endif %}
        {% endfor %}
        members.range_type,
        members.range_start,
        members.model_label

    from side_by_side as members
    inner join side_by_side as companies
        on members.range_id = companies.range_id
        and members.model = companies.model
        and companies.scope_type = 'all'

)

select
    filled.*,
    -- What costs nothing has no cost per lead: zero would read as the cheapest of all.
    nullif(filled.spend_amount, 0) as paid_amount,
    days_to_close.median_days_to_close

from filled
left join days_to_close
    on filled.range_id = days_to_close.range_id
    and filled.model = days_to_close.model
    and filled.scope_type = days_to_close.scope_type
    and filled.channel_id = days_to_close.channel_id
    and filled.campaign_id = days_to_close.campaign_id
    and filled.landing_page = days_to_close.landing_page
