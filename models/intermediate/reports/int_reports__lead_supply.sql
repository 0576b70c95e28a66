-- One row per month, channel, campaign and landing page: what it cost, whom it brought, and what
-- became of the leads. Nothing here depends on an attribution model.

with

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

leads as (

    select * from {{ ref('dim_leads') }}

),

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

{% set parts = [
    ('ad_spend', 'spend_date', {'spend_amount': 'ad_spend.spend_amount'}),
    ('sessions', 'started_date', {'visits': '1'}),
    ('leads', 'created_date', {
        'leads': '1',
        'qualified_leads': 'case when leads.mql_at is not null then 1 else 0 end',
        'wasted_amount': 'case when leads.is_ignored then leads.cost_amount else 0 end',
    }),
    ('handovers', 'assigned_date', {
        'judged_leads': 'case when handovers.is_judged_ignored then 1 else 0 end',
        'ignored_leads': 'case when handovers.is_ignored then 1 else 0 end',
    }),
] %}
{% set measures = [
    'spend_amount', 'visits', 'leads', 'qualified_leads', 'wasted_amount', 'judged_leads',
    'ignored_leads',
] %}

parts as (

    {% for source, date_column, columns in parts %}
    select
        cast({{ dbt.date_trunc('month', source ~ '.' ~ date_column) }} as date) as month_start,
        {{ source }}.channel_id,
        {{ source }}.campaign_id,
        {% if source == 'ad_spend' %}
        cast(null as varchar) as landing_page,
        {% else %}
        {{ page_path(('leads' if source == 'handovers' else source) ~ '.landing_page') }}
            as landing_page,
        {% endif %}
        {% for measure in measures %}
        {{ columns.get(measure, '0') }} as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}

    from {{ source }}
    {% if source == 'handovers' %}
    left join leads
        on handovers.lead_id = leads.lead_id
    {% endif %}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    month_start,
    channel_id,
    campaign_id,
    landing_page,
    {% for measure in measures %}
    cast(sum({{ measure }}) as {{ 'decimal(24, 6)' if 'amount' in measure else 'bigint' }})
        as {{ measure }}{{ ',' if not loop.last }}
    {% endfor %}

from parts
group by month_start, channel_id, campaign_id, landing_page
