-- One row per stay of a lead in nurture: why it went there, whether it came back, what came of it.

with

spells as (

    select * from {{ ref('int_lead_quality__nurture_spells') }}

),

spell_deals as (

    select * from {{ ref('int_lead_quality__spell_deals') }}

),

lead_bands as (

    select * from {{ ref('int_lead_quality__lead_bands') }}

),

as_of as (

    select * from {{ ref('int_ops__as_of') }}

),

dated_spells as (

    select
        spells.spell_id,
        spells.lead_id,
        spells.spell_number,
        spells.recycled_at,
        {{ company_date('spells.recycled_at') }} as recycled_date,
        spells.person_id,
        spells.reason,
        lead_bands.bant_band,
        spells.status,
        spells.ended_at,
        spells.returned_at,
        spells.returned_as,
        {{ dbt.datediff(
            company_date('spells.recycled_at'),
            'coalesce(' ~ company_date('spells.ended_at') ~ ', as_of.as_of_date)',
            'day'
        ) }} as days_in_nurture,
        spell_deals.spell_id is not null as is_won_later,
        coalesce(spell_deals.won_deals, 0) as won_later_deals,
        case
            when spell_deals.spell_id is null then cast(0 as decimal(28, 2))
            else spell_deals.collected_amount
        end as collected_later_amount,
        case
            when spell_deals.spell_id is not null and spell_deals.collected_amount is null
                then 'a payment in a currency without an exchange rate'
        end as unknown_reason

    from spells
    cross join as_of
    left join spell_deals
        on spells.spell_id = spell_deals.spell_id
    left join lead_bands
        on spells.lead_id = lead_bands.lead_id

)

select * from dated_spells
