-- One row per KPI, attribution model and scope for which a value is due, whether or not anything
-- happened in it.

with

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

totals as (

    select * from {{ ref('int_kpi__totals') }}

),

kpi_models as (

    select * from {{ ref('int_kpi__models') }}

),

targets as (

    select * from {{ ref('targets') }}

),

companies as (

    select kpi, 'company' as scope_type, 'company' as scope_id
    from catalogue

),

-- Of departments and people, those who have a part in the KPI, a target for it, or own it.
departments as (

    select kpi, 'department' as scope_type, owner_department as scope_id
    from catalogue
    where owner_department in ('marketing', 'sales')

),

parties as (

    select distinct catalogue.kpi, totals.scope_type, totals.scope_id
    from totals
    inner join catalogue
        on totals.measure in (catalogue.numerator, catalogue.denominator)
    where totals.scope_type in ('department', 'person')

    union

    select distinct kpi, scope_type, scope_id
    from targets

),

dimensions as (

    select 'channel' as scope_type, channel_id as scope_id from {{ ref('dim_channels') }}

    union all

    select 'campaign' as scope_type, campaign_id as scope_id from {{ ref('dim_campaigns') }}

    union all

    select 'product_line' as scope_type, product_line_id as scope_id
    from {{ ref('dim_product_lines') }}

    union all

    {% for scope in ['channel', 'campaign', 'product_line'] %}
    select '{{ scope }}' as scope_type, 'unattributed' as scope_id
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

all_scopes as (

    select * from companies

    union

    select * from departments

    union

    select * from parties

    union

    select catalogue.kpi, dimensions.scope_type, dimensions.scope_id
    from catalogue
    cross join dimensions

),

published_scopes as (

    select all_scopes.*
    from all_scopes
    inner join catalogue
        on all_scopes.kpi = catalogue.kpi
    where
        catalogue.aggregation != 'derived'
        and '|' || catalogue.scopes || '|' like '%|' || all_scopes.scope_type || '|%'

),

model_scopes as (

    select
        published_scopes.kpi,
        kpi_models.attribution_model,
        published_scopes.scope_type,
        published_scopes.scope_id

    from published_scopes
    inner join kpi_models
        on published_scopes.kpi = kpi_models.kpi
    where
        kpi_models.attribution_model = 'default'
        or published_scopes.scope_type in ({{ scopes_with('by_model') }})

)

select * from model_scopes
