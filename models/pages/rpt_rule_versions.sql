-- One row per version of the qualification rules that has begun: what changed, and whether the
-- leads it picked have paid.

with

rule_versions as (

    select * from {{ ref('rule_versions') }}
    where rule_set = 'qualification'

),

quality as (

    select * from {{ ref('fct_qualification_quality') }}
    where period_type = 'version'

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

begun_versions as (

    select
        rule_versions.rule_version,
        rule_versions.change_note,
        rule_versions.valid_from,
        rule_versions.valid_to,
        {{ is_in_force('rule_versions', 'as_of.as_of_date') }} as is_in_force,
        coalesce(quality.leads, 0) as leads,
        coalesce(quality.judged_leads, 0) as judged_leads,
        quality.qualified_leads,
        quality.precision_rate,
        quality.recall_rate,
        quality.base_rate,
        quality.lift,
        coalesce(quality.is_judged, false) as is_judged,
        quality.matures_on,
        quality.reason_message

    from rule_versions
    inner join as_of
        on rule_versions.valid_from <= as_of.as_of_date
    left join quality
        on rule_versions.rule_version = quality.rule_version

),

-- A version that lived for two weeks hits by chance: only those with enough leads are compared.
rated_versions as (

    select
        *,
        coalesce(
            precision_rate is not null
            and qualified_leads >= {{ report_limit('fewest_qualified_leads') }},
            false
        ) as is_rated

    from begun_versions

),

ranked_versions as (

    select
        *,
        row_number() over (partition by is_rated order by valid_from desc) as recency

    from rated_versions

)

select
    cast(rule_version as integer) as rule_version,
    'Version ' || cast(rule_version as varchar) as version_label,
    {{ validity_text('valid_from', 'valid_to') }} as validity_text,
    change_note,
    valid_from,
    valid_to,
    is_in_force,
    cast(leads as bigint) as leads,
    cast(judged_leads as bigint) as judged_leads,
    cast(qualified_leads as bigint) as qualified_leads,
    cast(precision_rate as decimal(28, 6)) as precision_rate,
    cast(recall_rate as decimal(28, 6)) as recall_rate,
    cast(base_rate as decimal(28, 6)) as base_rate,
    cast(lift as decimal(28, 4)) as lift,
    is_judged,
    is_rated and recency = 1 as is_latest_rated,
    is_rated and recency = 2 as is_rated_before,
    matures_on as judged_from_date,
    case
        when leads = 0 then 'no leads'
        when is_rated then 'judged'
        when is_judged and reason_message is null then 'too few qualified leads'
        when not is_judged and matures_on > as_of.as_of_date
            then 'judged from ' || {{ day_text('matures_on') }}
        when is_judged then 'no qualified lead has paid'
        else 'not judged yet'
    end as state_text,
    case when is_rated and recency = 1 then 'good' else 'neutral' end as tone

from ranked_versions
cross join as_of
