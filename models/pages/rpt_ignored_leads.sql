-- One row per range, product line and person (all for either total): leads assigned in the range
-- that nobody worked in time, and the ad cost of the ignored leads created in it.

with

ignored_totals as (

    select * from {{ ref('int_reports__ignored_totals') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

known_kpis as (

    select * from {{ ref('int_reports__known_kpis') }}

),

product_lines as (

    select * from {{ ref('dim_product_lines') }}

),

people as (

    select * from {{ ref('dim_people') }}

)

select
    ignored_totals.range_id,
    ranges.range_type,
    ranges.range_start,
    ignored_totals.product_line_id,
    case ignored_totals.product_line_id
        when 'all' then 'All product lines'
        when 'unattributed' then 'No product line'
        else coalesce(product_lines.product_line_label, ignored_totals.product_line_id)
    end as product_line_label,
    ignored_totals.person_id,
    case ignored_totals.person_id
        when 'all' then 'Everybody'
        when 'unattributed' then 'No owner'
        else coalesce({{ person_label('people') }}, ignored_totals.person_id)
    end as person_label,
    ignored_totals.judged_leads,
    ignored_totals.ignored_leads,
    cast(
        {{ exact_ratio('ignored_totals.ignored_leads', 'ignored_totals.judged_leads') }}
        as decimal(28, 6)
    ) as ignored_rate,
    case when known_kpis.knows_wasted_spend then ignored_totals.wasted_amount end as wasted_amount

from ignored_totals
inner join ranges
    on ignored_totals.range_id = ranges.range_id
inner join known_kpis
    on ignored_totals.range_id = known_kpis.range_id
left join product_lines
    on ignored_totals.product_line_id = product_lines.product_line_id
left join people
    on ignored_totals.person_id = people.person_id
