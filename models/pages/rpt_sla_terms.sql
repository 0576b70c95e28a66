-- One row per agreed term and the days it is in force, in words.

with

terms as (

    select * from {{ ref('sla_terms') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

described_terms as (

    select
        terms.term,
        case terms.term
            when 'first_response' then 'Sales answers a lead that was handed over'
            when 'ignored_after' then 'A handed lead without any human activity counts as ignored'
            when 'feedback_after' then 'Sales says what the lead was worth'
            else terms.term
        end as term_label,
        case terms.term when 'ignored_after' then 'after ' else 'within ' end
        || {{ amount_text('terms.value') }} || ' ' || replace(terms.unit, '_', ' ') as term_text,
        terms.valid_from,
        terms.valid_to,
        {{ is_in_force('terms', 'as_of.as_of_date') }} as is_in_force

    from terms
    cross join as_of

)

select * from described_terms
