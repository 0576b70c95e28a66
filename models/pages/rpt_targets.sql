-- One row per target and the days it is in force. Targets of single people stay out: this goes to
-- every reader.

with

targets as (

    select * from {{ ref('targets') }}
    where scope_type != 'person'

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

scopes as (

    select * from {{ ref('int_reports__scopes') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

described_targets as (

    select
        targets.kpi,
        coalesce(catalogue.kpi_label, targets.kpi) as kpi_label,
        targets.scope_type,
        targets.scope_id,
        {{ message('definitions.scope_name', {
            'type': 'targets.scope_type',
            'id': 'targets.scope_id',
            'name': 'coalesce(scopes.scope_label, targets.scope_id)'
        }) }} as scope_label_message,
        targets.period_type,
        {{ message('definitions.period', {'id': 'targets.period_type'}) }} as period_message,
        {{ message('definitions.target', {
            'target': as_kpi('targets.target_value', 'catalogue.unit')
        }) }} as target_message,
        targets.valid_from,
        {{ message('definitions.validity', {
            'validity': as_validity('targets.valid_from', 'targets.valid_to')
        }) }} as validity_message,
        {{ is_in_force('targets', 'as_of.as_of_date') }} as is_in_force

    from targets
    cross join as_of
    left join catalogue
        on targets.kpi = catalogue.kpi
    left join scopes
        on targets.scope_type = scopes.scope_type
        and targets.scope_id = scopes.scope_id

)

select * from described_targets
