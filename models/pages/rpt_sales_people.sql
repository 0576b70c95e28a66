-- One row per person a reader can choose on the sales page, everybody together (all) first.

with

results as (

    select distinct person_id, person_label, is_total from {{ ref('rpt_sales_results') }}
    where person_id != 'unattributed'

)

select
    person_id,
    case when is_total then 'Everybody' else person_label end as person_label,
    cast(row_number() over (order by is_total desc, person_label, person_id) as integer)
        as sort_order

from results
