-- One row per open deal that is not signed yet: how old it is and how long it stands in its stage.

with

deals as (

    select * from {{ ref('dim_deals') }}
    where status = 'open'

),

transitions as (

    select * from {{ ref('fct_deal_stage_transitions') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

-- The declared order; where the company declares none, the order in which deals pass.
stages as (

    select
        stage,
        max(stage_label) as stage_label,
        max(phase) as phase,
        coalesce(max(stage_order), avg(transition_number)) as stage_order

    from transitions
    group by stage

),

stage_entries as (

    select
        deal_id,
        stage,
        max(entered_date) as entered_date

    from transitions
    group by deal_id, stage

),

aged_deals as (

    select
        deals.deal_id,
        deals.person_id,
        deals.product_line_id,
        deals.channel_id,
        deals.origin,
        coalesce(stages.stage_label, deals.stage) as stage,
        coalesce(stages.stage_order, 99) as stage_order,
        deals.created_date,
        deals.booked_amount as amount,
        {{ dbt.datediff('deals.created_date', 'as_of.as_of_date', 'day') }}
            as open_days,
        {{ dbt.datediff(
            'coalesce(stage_entries.entered_date, deals.created_date)', 'as_of.as_of_date', 'day'
        ) }} as stage_days

    from deals
    cross join as_of
    left join stages
        on deals.stage = stages.stage
    left join stage_entries
        on deals.deal_id = stage_entries.deal_id
        and deals.stage = stage_entries.stage
    -- A stage after signing is no open deal any more, whatever its status says.
    where coalesce(stages.phase, 'before_sale') != 'after_sale'

)

select
    *,
    case
        when open_days is null then 'unknown'
        when open_days < 15 then 'under_15'
        when open_days < 31 then 'under_31'
        when open_days < 61 then 'under_61'
        else 'older'
    end as age_band,
    case
        when open_days is null then 5
        when open_days < 15 then 1
        when open_days < 31 then 2
        when open_days < 61 then 3
        else 4
    end as age_order

from aged_deals
