-- One row per KPI and version: everything the catalogue says of it.

with

catalogue as (

    select * from {{ ref('kpi_catalogue') }}

),

in_force as (

    select
        kpi,
        version

    from {{ ref('int_kpi__catalogue') }}

),

kpi_sources as (

    select * from {{ ref('int_kpi__sources') }}

),

definitions as (

    select
        catalogue.kpi,
        catalogue.kpi_label,
        catalogue.definition,
        catalogue.formula,
        {{ message('definitions.unit', {
            'unit': 'catalogue.unit', 'currency': "'" ~ var('company_currency') ~ "'"
        }) }} as unit_message,
        {{ message('definitions.direction', {'direction': 'catalogue.direction'}) }}
            as direction_message,
        {{ message('definitions.aggregation', {'aggregation': 'catalogue.aggregation'}) }}
            as aggregation_message,
        catalogue.grain,
        catalogue.lag,
        catalogue.owner_department as owner,
        {{ message('definitions.owner', {'id': 'catalogue.owner_department'}) }}
            as owner_name_message,
        {{ message('definitions.scopes', {
            'scopes': as_codes('catalogue.scopes', 'definitions.scope')
        }) }} as scopes_message,
        replace(catalogue.required_streams, '|', ', ') as required_streams,
        cast(catalogue.version as varchar) as version,
        {{ message('definitions.version', {
            'version': 'cast(catalogue.version as string)',
            'validity': as_validity('catalogue.valid_from', 'catalogue.valid_to'),
            'is_in_force': 'in_force.kpi is not null'
        }) }} as validity_message,
        catalogue.valid_from,
        in_force.kpi is not null as is_in_force,
        case
            when catalogue.aggregation = 'derived' then 'fct_kpi_values'
            else 'measure_' || catalogue.numerator
                || coalesce(' / measure_' || catalogue.denominator, '')
        end as model,
        kpi_sources.missing_message as missing_reason_message

    from catalogue
    left join in_force
        on catalogue.kpi = in_force.kpi
        and catalogue.version = in_force.version
    left join kpi_sources
        on catalogue.kpi = kpi_sources.kpi

)

select * from definitions
