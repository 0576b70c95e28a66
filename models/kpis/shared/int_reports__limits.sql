-- One row: from which value on pages call a result good, bad or too small to judge.

with

report_limits as (

    select * from {{ ref('report_limits') }}

),

limits as (

    select
        max(case when limit_name = 'near_target_attainment' then limit_value end)
            as near_target_attainment,
        max(case when limit_name = 'alarming_wasted_share' then limit_value end)
            as alarming_wasted_share,
        max(case when limit_name = 'fewest_campaign_leads' then limit_value end)
            as fewest_campaign_leads,
        max(case when limit_name = 'fewest_qualified_leads' then limit_value end)
            as fewest_qualified_leads,
        max(case when limit_name = 'blocking_rejected_share' then limit_value end)
            as blocking_rejected_share

    from report_limits

)

select * from limits
