-- One row: for how many days after the last thing that happened to a lead its card is kept, and
-- since which day that is. Without a term only open leads have cards.

with

as_of as (

    select * from {{ ref('dim_as_of') }}

),

quality_terms as (

    select * from {{ ref('quality_terms') }}
    where term = 'shown_for'

),

card_terms as (

    select
        quality_terms.days as shown_for_days,
        {{ dbt.dateadd('day', '-quality_terms.days', 'as_of.as_of_date') }} as shown_since_date

    from as_of
    left join quality_terms
        on {{ is_in_force('quality_terms', 'as_of.as_of_date') }}

)

select
    shown_for_days,
    cast(shown_since_date as date) as shown_since_date

from card_terms
