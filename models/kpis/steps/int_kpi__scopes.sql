-- One row per KPI, attribution model and scope for which a value is due though nothing happened in
-- it: the company, the departments that own it, every scope with a target, and every channel,
-- campaign and product line.

with

kpis as (

    select * from {{ ref('dim_kpis') }}
    where aggregation != 'derived'

),

members as (

    select 'company' as scope_type, 'company' as scope_id

    union

    select 'channel' as scope_type, channel_id as scope_id from {{ ref('dim_channels') }}

    union

    select 'campaign' as scope_type, campaign_id as scope_id from {{ ref('dim_campaigns') }}

    union

    select 'product_line' as scope_type, product_line_id as scope_id
    from {{ ref('dim_product_lines') }}

    {% for scope in ['channel', 'campaign', 'product_line'] %}
    union

    select '{{ scope }}' as scope_type, 'unattributed' as scope_id
    {% endfor %}

),

all_scopes as (

    select kpis.kpi, members.scope_type, members.scope_id
    from kpis
    cross join members

    union

    select kpi, 'department' as scope_type, owner_department as scope_id
    from kpis
    where owner_department in ('marketing', 'sales')

    union

    select kpi, scope_type, scope_id
    from {{ ref('targets') }}

),

kpi_models as (

    {{ kpi_models('kpis') }}

),

scopes as (

    select
        all_scopes.kpi,
        kpi_models.attribution_model,
        all_scopes.scope_type,
        all_scopes.scope_id

    from all_scopes
    inner join kpis
        on all_scopes.kpi = kpis.kpi
    inner join kpi_models
        on all_scopes.kpi = kpi_models.kpi
    where
        {{ is_published('all_scopes', 'kpis') }}
        and (
            kpi_models.attribution_model = 'default'
            or all_scopes.scope_type in ({{ scopes_with('by_model') }})
        )

)

select * from scopes
