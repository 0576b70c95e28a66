-- One row per stay of a lead in nurture: why it went there, whether it came back, what came of it.

with

spells as (

    select * from {{ ref('int_lead_quality__nurture_spells') }}

),

deal_payments as (

    select
        deal_id,
        count(*) - count(collected_amount) as unknown_payments,
        sum(collected_amount) as collected_amount

    from {{ ref('int_money__payments') }}
    where {{ has_come('paid_date') }}
    group by deal_id

),

-- A deal counts for the last return before it was won.
spell_deals as (

    select
        spells.spell_id,
        count(*) as won_deals,
        coalesce(sum(deal_payments.unknown_payments), 0) as unknown_payments,
        coalesce(sum(deal_payments.collected_amount), 0) as collected_amount

    from spells
    inner join {{ ref('stg_files__deals') }} as deals
        on spells.lead_id = deals.lead_id
        and spells.returned_at <= deals.closed_at
        and deals.closed_at < coalesce(
            spells.next_recycled_at, cast('9999-12-31' as timestamp)
        )
    left join deal_payments
        on deals.deal_id = deal_payments.deal_id
    where deals.status = 'won' and {{ has_come('deals.closed_date') }}
    group by spells.spell_id

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
        -- One payment without a rate makes the whole sum unknown.
        cast(
            case
                when spell_deals.spell_id is null then 0
                when spell_deals.unknown_payments = 0 then spell_deals.collected_amount
            end as decimal(28, 2)
        ) as collected_later_amount,
        cast(coalesce(spell_deals.unknown_payments, 0) as bigint) as unknown_payments

    from spells
    cross join {{ ref('dim_as_of') }} as as_of
    left join spell_deals
        on spells.spell_id = spell_deals.spell_id
    left join {{ ref('fct_lead_bands') }} as lead_bands
        on spells.lead_id = lead_bands.lead_id

)

select * from dated_spells
