-- One row: for how many days after the last thing that happened to a lead its card is kept.

with

card_terms as (

    select * from {{ ref('int_reports__card_terms') }}

)

select
    cast(shown_for_days as integer) as shown_for_days,
    shown_since_date

from card_terms
