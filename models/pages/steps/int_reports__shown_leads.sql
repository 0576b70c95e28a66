-- One row per lead that has a card on the site: it is open, somebody has to look at it, a list of
-- the sales page names it, it became a client, or something happened to it lately. All
-- others are in fct_lead_history.

with

card_terms as (

    select * from {{ ref('int_reports__card_terms') }}

),

deals as (

    select * from {{ ref('dim_deals') }}

),

reasons as (

    select lead_id, 1 as reason_order
    from {{ ref('int_reports__unworked_leads') }}
    where waiting_state != 'ignored'

    union all

    select lead_id, 2 as reason_order
    from deals
    where status = 'open'

    union all

    select leads.lead_id, 3 as reason_order
    from {{ ref('dim_leads') }} as leads
    left join deals
        on leads.lead_id = deals.lead_id
    where leads.current_stage in ('sal', 'sql', 'opportunity') and deals.deal_id is null

    union all

    select lead_id, 4 as reason_order
    from {{ ref('int_reports__waiting_audits') }}
    where is_listed

    union all

    select lead_id, 5 as reason_order
    from {{ ref('fct_lost_deals') }}
    where is_disputed

    union all

    select lead_id, 6 as reason_order
    from {{ ref('int_reports__unworked_leads') }}
    where is_listed

    union all

    select lead_id, 6 as reason_order
    from {{ ref('int_reports__sla_breaches') }}

    union all

    -- Whoever looks after a client later has the whole story at hand.
    select lead_id, 8 as reason_order
    from deals
    where status = 'won'

    union all

    select history.lead_id, 7 as reason_order
    from {{ ref('fct_lead_history') }} as history
    inner join card_terms
        on history.occurred_date >= card_terms.shown_since_date

),

shown_leads as (

    select
        lead_id,
        min(reason_order) as reason_order

    from reasons
    where lead_id is not null
    group by lead_id

)

select
    lead_id,
    case reason_order
        when 1 then 'call'
        when 2 then 'open_deal'
        when 3 then 'in_progress'
        when 4 then 'audit'
        when 5 then 'dispute'
        when 6 then 'listed'
        when 7 then 'recent'
        else 'client'
    end as shown_because

from shown_leads
