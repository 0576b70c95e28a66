-- One row per agreed term and the days it is in force.

with

terms as (

    select * from {{ ref('sla_terms') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

described_terms as (

    select
        terms.term,
        {{ message('definitions.term', {'id': 'terms.term'}) }} as term_label_message,
        {{ message('definitions.term_time', {
            'term': 'terms.term', 'unit': 'terms.unit', 'count': 'cast(terms.value as bigint)'
        }) }} as term_time_message,
        terms.valid_from,
        {{ message('definitions.validity', {
            'validity': as_validity('terms.valid_from', 'terms.valid_to')
        }) }} as validity_message,
        {{ is_in_force('terms', 'as_of.as_of_date') }} as is_in_force

    from terms
    cross join as_of

)

select * from described_terms
