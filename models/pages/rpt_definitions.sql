-- One row per KPI and version: everything the catalogue says of it, in words.

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
        case catalogue.unit
            when 'currency' then 'money in {{ var("company_currency") }}'
            when 'percent' then 'per cent'
            when 'flag' then 'yes or no'
            else catalogue.unit
        end as unit,
        case catalogue.direction
            when 'up' then 'more is better'
            when 'down' then 'less is better'
            else 'neither more nor less is better'
        end as direction,
        case catalogue.aggregation
            when 'additive' then 'parts add up'
            when 'ratio' then 'divided once, over the whole scope and period'
            else 'derived from other KPIs'
        end as aggregation,
        catalogue.grain,
        catalogue.lag,
        catalogue.owner_department as owner,
        replace(catalogue.scopes, '|', ', ') as scopes,
        replace(catalogue.required_streams, '|', ', ') as required_streams,
        cast(catalogue.version as varchar) as version,
        catalogue.valid_from,
        catalogue.valid_to,
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
