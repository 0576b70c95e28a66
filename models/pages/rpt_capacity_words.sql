-- One row, or none before the first judged week: how the leads of the last finished weeks fitted
-- what sales can work.

{% set weeks_told = 8 %}

with

judged_weeks as (

    select
        *,
        row_number() over (order by week_start desc) as judged_number

    from {{ ref('fct_lead_capacity') }}
    where band is not null

),

counted_weeks as (

    select
        count(*) as weeks,
        count(case when band = 'low' then 1 end) as low_weeks,
        count(case when band = 'right' then 1 end) as right_weeks,
        count(case when band = 'high' then 1 end) as high_weeks,
        max(case when judged_number = 1 then qualified_leads end) as last_leads,
        max(case when judged_number = 1 then capacity_leads end) as last_capacity,
        max(case when judged_number = 1 then band end) as last_band

    from judged_weeks
    where judged_number <= {{ weeks_told }}
    having count(*) > 0

)

select
    case last_band
        when 'low' then 'Too few leads in the last finished week: '
        when 'high' then 'Too many leads in the last finished week: '
        else 'The right number of leads in the last finished week: '
    end
    || {{ amount_text('last_leads') }} || ' qualified, and sales had time for '
    || {{ amount_text('last_capacity') }} || '. Of the last ' || cast(weeks as varchar)
    || ' weeks ' || {{ count_text('low_weeks') }} || ' brought too few, '
    || {{ count_text('right_weeks') }} || ' the right number and '
    || {{ count_text('high_weeks') }} || ' too many.' as sentence,
    case last_band when 'right' then 'good' when 'low' then 'warn' else 'bad' end as tone

from counted_weeks
