-- One row per person (all for everybody) and stage after signing: the deals in it now. Deals
-- without a later stage have a row of their own.

with

open_deals as (

    select * from {{ ref('int_reports__open_deals') }}

),

-- A deal in a stage after signing is signed, even where its status was left open.
signed_deals as (

    select deals.*
    from {{ ref('dim_deals') }} as deals
    left join open_deals
        on deals.deal_id = open_deals.deal_id
    where deals.status = 'won' or (deals.status = 'open' and open_deals.deal_id is null)

),

current_stages as (

    select
        deal_id,
        stage_label,
        phase,
        stage_order,
        entered_date

    from {{ ref('fct_deal_stage_transitions') }}
    where exited_at is null

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

staged_deals as (

    select
        signed_deals.person_id,
        signed_deals.booked_amount,
        coalesce(current_stages.phase, '') = 'after_sale' as is_followed,
        current_stages.stage_label,
        current_stages.stage_order,
        {{ dbt.datediff('current_stages.entered_date', 'as_of.as_of_date', 'day') }}
            as stage_days

    from signed_deals
    cross join as_of
    left join current_stages
        on signed_deals.deal_id = current_stages.deal_id

),

scoped_deals as (

    {% for person in ["'all'", "coalesce(person_id, 'unattributed')"] %}
    select
        {{ person }} as person_id,
        is_followed,
        case when is_followed then stage_label end as stage_label,
        case when is_followed then stage_order else 0 end as stage_order,
        case when is_followed then stage_days end as stage_days,
        booked_amount

    from staged_deals
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    person_id,
    {{ message('sales.after_stage', {'stage': 'stage_label'}) }} as stage_label_message,
    cast(stage_order as integer) as stage_order,
    is_followed,
    cast(count(*) as bigint) as deals,
    -- One deal without an amount makes the sum unknown, not smaller.
    case when count(*) = count(booked_amount) then cast(sum(booked_amount) as decimal(28, 2)) end
        as booked_amount,
    cast(avg(stage_days) as decimal(28, 1)) as average_stage_days,
    cast(max(stage_days) as integer) as longest_stage_days

from scoped_deals
group by person_id, stage_label, stage_order, is_followed
