-- One row per KPI and version: everything the catalogue says of it.

with

catalogue as (

    select * from {{ ref('kpi_catalogue') }}

),

kpis as (

    select * from {{ ref('dim_kpis') }}

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
            'is_in_force': 'coalesce(catalogue.version = kpis.version, false)'
        }) }} as validity_message,
        catalogue.valid_from,
        coalesce(catalogue.version = kpis.version, false) as is_in_force,
        case
            when catalogue.aggregation = 'derived' then 'fct_kpi_values'
            else
                {{ measure_place('catalogue.numerator') }}
                || coalesce(' / ' || {{ measure_place('catalogue.denominator') }}, '')
        end as model,
        kpis.missing_message as missing_reason_message

    from catalogue
    left join kpis
        on catalogue.kpi = kpis.kpi

)

select * from definitions
