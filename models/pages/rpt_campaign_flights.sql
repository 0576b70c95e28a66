-- One row per flight of a campaign: whether sales was briefed before and shown the results after,
-- and how many of its leads it accepted.

with

flights as (

    select * from {{ ref('fct_campaign_readiness') }}

)

select
    campaign_id,
    coalesce(campaign_name, campaign_id) as campaign_label,
    starts_on,
    ends_on,
    {{ message('lead_quality.flight_end', {'day': as_day('ends_on')}) }} as ends_message,
    case
        when is_briefed then {{ message('lead_quality.briefed', {'day': as_day('briefed_on')}) }}
        when briefed_on is not null
            then {{ message('lead_quality.briefed_late', {'day': as_day('briefed_on')}) }}
        else {{ message('lead_quality.not_briefed') }}
    end as briefed_message,
    case when is_briefed then 'good' else 'warn' end as briefed_tone,
    case
        when is_presented
            then {{ message('lead_quality.presented', {'day': as_day('presented_on')}) }}
        when is_presented is null then {{ message('lead_quality.still_running') }}
        else {{ message('lead_quality.not_presented') }}
    end as presented_message,
    case when is_presented then 'good' when is_presented is null then 'neutral' else 'warn' end
        as presented_tone,
    leads,
    judged_leads,
    cast(accepted_leads / nullif(judged_leads, 0) as decimal(28, 6)) as acceptance_rate

from flights
