-- One row per measure of the pages on lead quality that is no KPI of the catalogue, in words.

with

quality_terms as (

    select
        max(case when term = 'matured_after' then days end) as matured_after

    from {{ ref('quality_terms') }} as quality_terms
    inner join {{ ref('int_ops__as_of') }} as as_of
        on {{ is_in_force('quality_terms', 'as_of.as_of_date') }}

),

measures as (

    select * from (
        values
        (
            'precision', 'Precision', 10,
            'Of the leads a version of the rules qualified, the share that has paid.',
            'qualified leads with net payments > 0 / qualified leads',
            'lead', 'fct_qualification_quality'
        ),
        (
            'recall', 'Recall', 20,
            'Of the leads that have paid, the share the version had qualified.',
            'qualified leads with net payments > 0 / leads with net payments > 0',
            'lead', 'fct_qualification_quality'
        ),
        (
            'lift', 'Lift', 30,
            'How many times as often a qualified lead pays as any lead does. 1 is chance.',
            'precision / (leads with net payments > 0 / all leads)',
            'lead', 'fct_qualification_quality'
        ),
        (
            'uplift', 'Uplift', 40,
            'What a lead of a tier brings, against what any lead brings.',
            'collected per lead of the tier / collected per lead',
            'lead', 'fct_tier_results'
        ),
        (
            'nurture_returns', 'Back from nurture', 50,
            'Leads that came back to sales from nurture, by the day they came back.',
            'stays in nurture that ended with work on the lead',
            'stay of a lead in nurture', 'fct_nurture_spells'
        )
    ) as measures (measure, measure_label, sort_order, definition, formula, grain, model)

)

select
    measures.measure,
    measures.measure_label,
    cast(measures.sort_order as integer) as sort_order,
    measures.definition,
    measures.formula,
    measures.grain,
    case
        when measures.measure = 'nurture_returns' then 'next day'
        else
            coalesce(
                'the last lead of a month is ' || cast(quality_terms.matured_after as varchar)
                || ' days old', 'no term says when leads are judged'
            )
    end as lag,
    measures.model

from measures
cross join quality_terms
