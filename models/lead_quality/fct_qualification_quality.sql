-- One row per version of the qualification rules and lead month, and one per version: how many of
-- the qualified paid, and how many of those who paid were qualified.

with

rule_versions as (

    select * from {{ ref('rule_versions') }}
    where rule_set = 'qualification'

),

-- Leads that no version judges are shown and never rated.
versioned_leads as (

    select
        rule_version,
        lead_month,
        month_matures_on,
        is_matured,
        is_qualified,
        collected_amount,
        is_judged and rule_version is not null as is_judged,
        coalesce(unruled_reason_message, unjudged_reason_message) as unjudged_reason_message

    from {{ ref('fct_cohort_leads') }}

),

counted_periods as (

    select
        rule_version,
        case when grouping(lead_month) = 1 then 'version' else 'month' end as period_type,
        lead_month,
        count(*) as leads,
        {{ count_where('is_matured') }} as matured_leads,
        {{ count_judged('true') }} as judged_leads,
        {{ count_judged('is_qualified') }} as qualified_leads,
        {{ count_judged('collected_amount > 0') }} as collected_leads,
        {{ count_judged('is_qualified and collected_amount > 0') }} as both_leads,
        min(month_matures_on) as matures_on,
        min(unjudged_reason_message) as unjudged_reason_message

    from versioned_leads
    group by rollup(rule_version, lead_month)
    having grouping(rule_version) = 0

),

rated_periods as (

    select
        coalesce(cast(periods.rule_version as varchar), 'none')
        || coalesce(':' || cast(periods.lead_month as varchar), '') as quality_id,
        periods.rule_version,
        rule_versions.change_note,
        rule_versions.valid_from,
        rule_versions.valid_to,
        periods.period_type,
        periods.lead_month,
        periods.leads,
        periods.matured_leads,
        periods.judged_leads,
        periods.qualified_leads,
        periods.collected_leads,
        periods.both_leads as qualified_collected_leads,
        {% for rate, paid, leads in [
            ('precision_rate', 'periods.both_leads', 'periods.qualified_leads'),
            ('recall_rate', 'periods.both_leads', 'periods.collected_leads'),
            ('base_rate', 'periods.collected_leads', 'periods.judged_leads'),
        ] %}
        cast({{ paid }} / nullif({{ leads }}, 0) as decimal(28, 10)) as {{ rate }},
        {% endfor %}
        -- Precision over base rate, divided once.
        cast(
            {{ whole_product('periods.both_leads', 'periods.judged_leads') }}
            / nullif({{ whole_product('periods.qualified_leads', 'periods.collected_leads') }}, 0)
            as decimal(28, 10)
        ) as lift,
        periods.judged_leads is not null as is_judged,
        periods.matures_on,
        case
            when periods.judged_leads is null then periods.unjudged_reason_message
            when periods.collected_leads = 0 then {{ message('lead_quality.none_paid') }}
            when periods.qualified_leads = 0 then {{ message('lead_quality.none_qualified') }}
        end as reason_message

    from counted_periods as periods
    left join rule_versions
        on periods.rule_version = rule_versions.rule_version

)

select * from rated_periods
