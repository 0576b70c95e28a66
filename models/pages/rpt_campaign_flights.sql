-- One row per flight of a campaign: whether sales was told before and shown the results after, and
-- how many of its leads it accepted.

with

flights as (

    select * from {{ ref('fct_campaign_readiness') }}

)

select
    campaign_id,
    coalesce(campaign_name, campaign_id) as campaign_label,
    starts_on,
    ends_on,
    case when ends_on is null then 'still running' else cast(ends_on as varchar) end as ends_text,
    case
        when is_briefed then 'briefed ' || {{ day_text('briefed_on') }}
        when briefed_on is not null then 'only after the start, ' || {{ day_text('briefed_on') }}
        else 'not briefed'
    end as briefed_text,
    case when is_briefed then 'good' else 'warn' end as briefed_tone,
    case
        when is_presented then 'presented ' || {{ day_text('presented_on') }}
        when is_presented is null then coalesce(unknown_presented_reason, 'still running')
        else 'not presented'
    end as presented_text,
    case when is_presented then 'good' when is_presented is null then 'neutral' else 'warn' end
        as presented_tone,
    leads,
    judged_leads,
    cast(acceptance_rate as decimal(28, 6)) as acceptance_rate

from flights
