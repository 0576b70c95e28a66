-- One row per set of rules in force today: what it answers, and from how many points which band
-- begins.

with

rule_sets as (

    select * from (
        values
        ('icp_fit', 'ICP fit', 'Is this the kind of client we want?', 1),
        ('readiness', 'Readiness', 'How close is the client to buying?', 2),
        ('heat', 'Heat', 'How much does the client move just now?', 3),
        ('tier', 'Tier', 'What is the lead worth before sales sees it?', 4),
        ('persona', 'Persona', 'Who is asking?', 5),
        ('qualification', 'Qualification', 'Does it go to sales?', 6),
        ('bant', 'BANT', 'Are budget, authority, need and time there?', 7)
    ) as sets (rule_set, set_label, question, sort_order)

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

versions as (

    select rule_versions.*
    from {{ ref('rule_versions') }} as rule_versions
    inner join as_of
        on {{ is_in_force('rule_versions', 'as_of.as_of_date') }}

),

bands as (

    select
        score_bands.rule_set,
        score_bands.band_label
        || case
            -- A bound nobody reaches from above is how a file says: everything else.
            when score_bands.minimum_points < 0 then ' below that'
            else
                ' from '
                || regexp_replace({{ number_text('score_bands.minimum_points') }}, '[.]00$', '')
                || case
                    when score_bands.rule_set = 'tier' then ' {{ var("company_currency") }}'
                    else ''
                end
        end as band_text,
        score_bands.minimum_points,
        score_bands.band

    from {{ ref('score_bands') }} as score_bands
    inner join as_of
        on {{ is_in_force('score_bands', 'as_of.as_of_date') }}

),

listed_bands as (

    select
        rule_set,
        {{ dbt.listagg('band_text', "', '", 'order by minimum_points desc, band') }} as bands_text

    from bands
    group by rule_set

)

select
    rule_sets.rule_set,
    rule_sets.set_label,
    rule_sets.question,
    cast(rule_sets.sort_order as integer) as sort_order,
    'version ' || cast(versions.rule_version as varchar) || ', '
    || {{ validity_text('versions.valid_from', 'versions.valid_to') }} as version_text,
    versions.change_note,
    coalesce(listed_bands.bands_text, 'no bands declared') as bands_text

from rule_sets
inner join versions
    on rule_sets.rule_set = versions.rule_set
left join listed_bands
    on rule_sets.rule_set = listed_bands.rule_set
