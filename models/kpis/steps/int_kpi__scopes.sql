-- One row per KPI and scope for which a value is due, whether or not anything happened in it.

with

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

parts as (

    select * from {{ ref('int_kpi__parts') }}

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

    select distinct
        kpi, 'department' as scope_type, coalesce(department_id, 'unattributed') as scope_id
    from parts

    union

    select distinct kpi, 'person' as scope_type, coalesce(person_id, 'unattributed') as scope_id
    from parts

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

)

select * from published_scopes
