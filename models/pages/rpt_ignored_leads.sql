-- One row per range, product line and person (all for either total): leads assigned in the range
-- that nobody worked in time, and the ad cost of the ignored leads created in it.

with

members as (

    select
        kpi,
        case scope_type when 'product_line' then scope_id else 'all' end as product_line_id,
        case scope_type when 'person' then scope_id else 'all' end as person_id,
        period_type,
        period_start,
        numerator,
        denominator,
        value

    from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'product_line', 'person')

    union all

    select
        kpi,
        product_line_id,
        person_id,
        period_type,
        period_start,
        numerator,
        denominator,
        value

    from {{ ref('fct_kpi_details') }}
    where scope_type = 'product_line_person'

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

product_lines as (

    select * from {{ ref('dim_product_lines') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

side_by_side as (

    select
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        members.product_line_id,
        members.person_id,
        max(case when members.kpi = 'ignored_lead_rate' then members.denominator end)
            as judged_leads,
        max(case when members.kpi = 'ignored_lead_rate' then members.numerator end)
            as ignored_leads,
        max(case when members.kpi = 'ignored_lead_rate' then members.value end) as ignored_rate,
        max(case when members.kpi = 'wasted_spend' then members.value end) as wasted_amount,
        count(case when members.kpi = 'wasted_spend' then 1 end) > 0 as has_wasted_amount

    from members
    inner join ranges
        on members.period_type = ranges.range_type
        and members.period_start = ranges.range_start
    where members.kpi in ('ignored_lead_rate', 'wasted_spend')
    group by
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        members.product_line_id,
        members.person_id

),

totals as (

    select * from side_by_side
    where product_line_id = 'all' and person_id = 'all'

)

select
    members.range_id,
    members.range_type,
    members.range_start,
    members.product_line_id,
    {{ message('sales.line', {
        'kind': 'members.product_line_id',
        'name': 'coalesce(product_lines.product_line_label, members.product_line_id)'
    }) }} as product_line_label_message,
    members.person_id,
    {{ message('sales.person_choice', {
        'kind': 'members.person_id',
        'name': 'coalesce(' ~ person_label('people') ~ ', members.person_id)'
    }) }} as person_label_message,
    cast(coalesce(members.judged_leads, 0) as bigint) as judged_leads,
    cast(coalesce(members.ignored_leads, 0) as bigint) as ignored_leads,
    cast(members.ignored_rate as decimal(28, 6)) as ignored_rate,
    -- Where the total is known, a member without a row of its own wasted nothing.
    cast(
        case
            when members.has_wasted_amount then members.wasted_amount
            when totals.wasted_amount is not null then 0
        end as decimal(28, 2)
    ) as wasted_amount

from side_by_side as members
inner join totals
    on members.range_id = totals.range_id
left join product_lines
    on members.product_line_id = product_lines.product_line_id
left join people
    on members.person_id = people.person_id
where members.judged_leads != 0 or members.wasted_amount != 0
