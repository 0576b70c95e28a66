-- One row per version of the qualification rules that has begun: whether the leads it picked have
-- paid, and which two versions are compared.

with

quality as (

    select * from {{ ref('fct_qualification_quality') }}
    where period_type = 'version'

),

begun_versions as (

    select
        rule_versions.rule_version,
        rule_versions.valid_from,
        {{ is_in_force('rule_versions', 'as_of.as_of_date') }} as is_in_force,
        coalesce(quality.leads, 0) as leads,
        coalesce(quality.judged_leads, 0) as judged_leads,
        quality.qualified_leads,
        quality.precision_rate,
        quality.recall_rate,
        quality.base_rate,
        quality.lift,
        quality.matures_on,
        quality.reason_message,
        coalesce(quality.is_judged, false) as is_judged,
        -- A version that lived for two weeks hits by chance: only those with enough leads are
        -- compared.
        coalesce(
            quality.precision_rate is not null
            and quality.qualified_leads >= {{ report_limit('fewest_qualified_leads') }},
            false
        ) as is_rated

    from {{ ref('rule_versions') }} as rule_versions
    inner join {{ ref('dim_as_of') }} as as_of
        on rule_versions.valid_from <= as_of.as_of_date
    left join quality
        on rule_versions.rule_version = quality.rule_version
    where rule_versions.rule_set = 'qualification'

),

ranked_versions as (

    select
        *,
        row_number() over (partition by is_rated order by valid_from desc) as recency,
        case
            when leads = 0 then 'no_leads'
            when is_rated then 'evaluated'
            when is_judged and reason_message is null then 'too_few'
            when not is_judged and matures_on is not null then 'young'
            else 'unknown'
        end as state_code

    from begun_versions

)

select
    *,
    is_rated and recency = 1 as is_latest_rated,
    is_rated and recency = 2 as is_rated_before,
    case
        when state_code in ('young', 'unknown') then reason_message
        else {{ message('lead_quality.version_state', {'code': 'state_code'}) }}
    end as state_message

from ranked_versions
