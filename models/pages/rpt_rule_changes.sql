-- One row per rule set and day on which a version replaced another one: what charts mark.

with

rule_versions as (

    select * from {{ ref('rule_versions') }}

),

leads as (

    select min(created_date) as first_lead_date from {{ ref('dim_leads') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

)

select
    rule_versions.rule_set,
    cast(rule_versions.rule_version as integer) as rule_version,
    rule_versions.valid_from as change_date,
    'v' || cast(rule_versions.rule_version as varchar) as change_label,
    rule_versions.change_note

from rule_versions
cross join leads
cross join as_of
-- A version older than the first lead changed nothing anybody can see.
where
    rule_versions.valid_from > leads.first_lead_date
    and rule_versions.valid_from <= as_of.as_of_date
