-- One row per payee, month, currency, component line of the statement and deal behind it: the deals
-- that the line is counted from, whose amounts sum to its own, and the payee's deals of the month
-- that do not count for it, with the reason, or not yet. Of the deals of a department or the
-- company the largest stand on their own and all others in one row.

{% set deals_shown = 20 %}
{% set line = 'payee_id, period_start, currency_code, line_number' %}
{% set scope = 'kpi, scope_type, scope_id, period_start' %}

with

lines as (

    select
        lines.*,
        components.payout_basis = 'deals' as is_paid_by_deal

    from {{ ref('fct_bonus_statement_lines') }} as lines
    inner join {{ ref('plan_components') }} as components
        on lines.component_id = components.component_id
        and {{ is_in_force('components', 'lines.period_start') }}
    -- A quarter and the year to date are paid on more than the deals of their last month.
    where
        lines.line_type = 'component'
        and coalesce(components.judged_on, 'month') = 'month'
        and (
            components.payout_basis = 'deals'
            or lines.kpi in ('won_deals', 'booked_revenue', 'collected_revenue')
        )

),

paid_scopes as (

    select distinct {{ scope }} from lines
    where not is_paid_by_deal

),

deals as (

    select * from {{ ref('dim_deals') }}

),

-- Deals are won by sales; money collected is that of whoever brought the deal.
records as (

    {% for kpi, counted in {'won_deals': '1', 'booked_revenue': 'booked_amount'}.items() %}
    select
        '{{ kpi }}' as kpi,
        deal_id,
        'sales' as department_id,
        person_id,
        product_line_id,
        closed_date as counted_on,
        cast({{ counted }} as decimal(28, 2)) as counted_amount
    from deals
    where status = 'won'

    union all

    {% endfor %}
    select
        'collected_revenue',
        deal_id,
        case when lead_id is not null then 'marketing' when is_deal_known then 'sales' end,
        person_id,
        product_line_id,
        paid_date,
        collected_amount
    from {{ ref('fct_payments') }}

),

scoped_records as (

    {% for scope_type, scope_id in {
        'company': "'company'", 'department': 'department_id', 'person': 'person_id',
        'product_line': 'product_line_id'
    }.items() %}
    select
        kpi,
        '{{ scope_type }}' as scope_type,
        {{ scope_id }} as scope_id,
        cast({{ dbt.date_trunc('month', 'counted_on') }} as date) as period_start,
        deal_id,
        counted_on,
        counted_amount
    from records
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

-- A deal that is paid in parts, or paid and paid back, counts once.
counted_deals as (

    select
        records.kpi,
        records.scope_type,
        records.scope_id,
        records.period_start,
        records.deal_id,
        max(records.counted_on) as counted_on,
        case when count(*) = count(records.counted_amount) then sum(records.counted_amount) end
            as counted_amount

    from scoped_records as records
    inner join paid_scopes
        on records.kpi = paid_scopes.kpi
        and records.scope_type = paid_scopes.scope_type
        and records.scope_id = paid_scopes.scope_id
        and records.period_start = paid_scopes.period_start
    group by
        records.kpi, records.scope_type, records.scope_id, records.period_start, records.deal_id

),

ranked_deals as (

    select
        *,
        deal_id is not null and (
            scope_type = 'person'
            or row_number() over (
                partition by {{ scope }}
                order by
                    case when deal_id is null then 1 else 0 end,
                    coalesce(abs(counted_amount), 0) desc,
                    deal_id
            ) <= {{ deals_shown }}
        ) as is_shown

    from counted_deals

),

shown_deals as (

    select
        {{ scope }},
        case when is_shown then deal_id end as deal_id,
        max(case when is_shown then counted_on end) as counted_on,
        cast(count(*) as integer) as deal_count,
        case when count(*) = count(counted_amount) then sum(counted_amount) end as counted_amount

    from ranked_deals
    group by {{ scope }}, case when is_shown then deal_id end

),

weighted_deals as (

    select
        lines.payee_id,
        lines.period_start,
        lines.currency_code,
        lines.line_number,
        {{ to_cents('lines.amount') }} as total_cents,
        shown_deals.deal_id,
        shown_deals.counted_on,
        shown_deals.deal_count,
        shown_deals.counted_amount,
        {{ to_cents('shown_deals.counted_amount') }} as units,
        sum({{ to_cents('shown_deals.counted_amount') }}) over (
            partition by lines.payee_id, lines.period_start, lines.currency_code, lines.line_number
        ) as all_units

    from lines
    inner join shown_deals
        on lines.kpi = shown_deals.kpi
        and lines.scope_type = shown_deals.scope_type
        and lines.scope_id = shown_deals.scope_id
        and lines.period_start = shown_deals.period_start
    where not lines.is_paid_by_deal

),

-- Cents of the line x the deal's part of what was counted. With more paid back than paid both are
-- below zero: the sign goes to the dividend, and the divisor is none of theirs.
divided_deals as (

    select
        *,
        {{ whole_product(whole_product('total_cents', 'units'), 'sign(all_units)') }} as dividend,
        nullif(abs(all_units), 0) as divisor

    from weighted_deals

),

floored_deals as (

    select
        *,
        {{ whole_remainder(whole_remainder('dividend', 'divisor') ~ ' + divisor', 'divisor') }}
            as left_over

    from divided_deals

),

floored_cents as (

    select
        *,
        {{ whole_quotient('dividend - left_over', 'divisor') }} as floored_cents

    from floored_deals

),

-- A line of nothing is nothing of every deal.
shared_deals as (

    select
        {{ line }},
        'counted' as kind,
        deal_id,
        counted_on,
        deal_count,
        counted_amount,
        cast({{ from_smallest_units(
            whole_quotient(whole_product('total_cents', '10000000000'), 'nullif(all_units, 0)'), 10
        ) }} as decimal(28, 10)) as rate,
        case
            when total_cents = 0 then cast(0 as decimal(28, 2))
            else {{ from_cents(allocated_cents(
                'total_cents', 'floored_cents', 'left_over', line,
                'counted_on, deal_id'
            )) }}
        end as amount

    from floored_cents

),

-- Where every deal has a rate of its own it has a commission of its own, event by event: the rate
-- is what of the base is due with the event to this payee.
commissions as (

    select
        lines.payee_id,
        lines.period_start,
        lines.currency_code,
        lines.line_number,
        case
            when
                commissions.amount = 0
                and commissions.reason_code in (
                    'other_product', 'low_margin', 'no_margin', 'residual_ended', 'handed_over'
                )
                then commissions.reason_code
            else 'counted'
        end as kind,
        commissions.deal_id,
        commissions.event_date as counted_on,
        1 as deal_count,
        commissions.base_amount as counted_amount,
        cast({{ product(
            product('commissions.rate', 4, 'commissions.paid_share', 4), 8,
            'commissions.split_share', 4
        ) }} as decimal(28, 10)) as rate,
        commissions.amount

    from lines
    inner join {{ ref('fct_commission_lines') }} as commissions
        on lines.payee_id = commissions.payee_id
        and lines.period_start = commissions.period_start
        and lines.component_id = commissions.component_id
    where lines.is_paid_by_deal

),

-- What a payee would look for and not find: deals that were lost, and signed ones that have not
-- paid all of it yet.
uncounted_deals as (

    select
        lines.payee_id,
        lines.period_start,
        lines.currency_code,
        lines.line_number,
        case when lines.kpi = 'collected_revenue' then 'unpaid' else 'lost' end as kind,
        deals.deal_id,
        deals.closed_date as counted_on,
        1 as deal_count,
        case
            when lines.kpi = 'collected_revenue'
                then deals.booked_amount - coalesce(deals.collected_amount, 0)
            else deals.booked_amount
        end as counted_amount,
        cast(null as decimal(28, 10)) as rate,
        cast(null as decimal(28, 2)) as amount

    from lines
    inner join deals
        on lines.scope_id = deals.person_id
        and lines.period_start = cast({{ dbt.date_trunc('month', 'deals.closed_date') }} as date)
    where
        lines.scope_type = 'person'
        and not lines.is_paid_by_deal
        and (
            (lines.kpi != 'collected_revenue' and deals.status = 'lost')
            or (
                lines.kpi = 'collected_revenue'
                and deals.status = 'won'
                and deals.booked_amount > coalesce(deals.collected_amount, 0)
            )
        )

),

line_rates as (

    select
        {{ line }},
        max(rate) as rate

    from shared_deals
    group by {{ line }}

),

-- Months that are long over have nothing to do with what is open or held back today.
recent_months as (

    select distinct
        lines.period_start,
        as_of.as_of_date,
        {{ dbt.last_day('lines.period_start', 'month') }} as last_day

    from lines
    cross join {{ ref('dim_as_of') }} as as_of
    where lines.period_start >= {{ dbt.dateadd(
        'month', -1, dbt.date_trunc('month', 'as_of.as_of_date')
    ) }}

),

-- What an open deal would bring at the rate of the month, where the month has one.
open_deals as (

    select
        lines.payee_id,
        lines.period_start,
        lines.currency_code,
        lines.line_number,
        'open' as kind,
        deals.deal_id,
        deals.created_date as counted_on,
        1 as deal_count,
        case when lines.kpi = 'won_deals' then 1 else deals.booked_amount end as counted_amount,
        line_rates.rate,
        case
            when line_rates.rate != 0
                then {{ round_to_cents(product(
                    "case when lines.kpi = 'won_deals' then 1 else deals.booked_amount end", 2,
                    'line_rates.rate', 10
                )) }}
        end as amount

    from lines
    inner join recent_months
        on lines.period_start = recent_months.period_start
    inner join deals
        on lines.scope_id = deals.person_id
        and deals.status = 'open'
    left join line_rates
        on lines.payee_id = line_rates.payee_id
        and lines.period_start = line_rates.period_start
        and lines.currency_code = line_rates.currency_code
        and lines.line_number = line_rates.line_number
    where
        lines.scope_type = 'person'
        and not lines.is_paid_by_deal

),

-- Where every deal has a rate of its own, an open one would be paid at that of its amount, in all
-- and to this payee. What another currency will be worth on the closing date nobody knows.
open_commissions as (

    select
        lines.payee_id,
        lines.period_start,
        lines.currency_code,
        lines.line_number,
        'open' as kind,
        deals.deal_id,
        deals.created_date as counted_on,
        1 as deal_count,
        deals.booked_amount as counted_amount,
        cast({{ product(
            'tiers.payout_rate', 4, 'coalesce(splits.share, 1)', 4
        ) }} as decimal(28, 10)) as rate,
        case
            when lines.currency_code = '{{ var("company_currency") }}'
                then {{ round_to_cents(product(
                    product('deals.booked_amount', 2, 'tiers.payout_rate', 4),
                    6, 'coalesce(splits.share, 1)', 4
                )) }}
        end as amount

    from lines
    inner join recent_months
        on lines.period_start = recent_months.period_start
    inner join deals
        on deals.status = 'open'
    left join {{ ref('deal_splits') }} as splits
        on deals.deal_id = splits.deal_id
    inner join {{ ref('component_tiers') }} as tiers
        on lines.component_id = tiers.component_id
        and {{ is_in_force('tiers', 'lines.period_start') }}
        and {{ is_in_tier('tiers', 'deals.booked_amount') }}
    left join {{ ref('commission_terms') }} as terms
        on lines.component_id = terms.component_id
        and {{ is_in_force('terms', 'lines.period_start') }}
    where
        lines.is_paid_by_deal
        and lines.payee_id = coalesce(splits.payee_id, deals.person_id)
        and (
            terms.product_line_ids is null
            or '|' || terms.product_line_ids || '|'
            like '%|' || coalesce(deals.product_line_id, '') || '|%'
        )

),

handed_over_deals as (

    select distinct deals.deal_id
    from deals
    inner join {{ ref('fct_client_owners') }} as owners
        on deals.client_id = owners.client_id
        and owners.owned_from > deals.closed_at
        and owners.person_id != deals.person_id

),

closings as (

    select
        commissions.payee_id,
        commissions.component_id,
        commissions.deal_id,
        max(case when commissions.event_type = 'closing' then commissions.closed_date end)
            as closed_date,
        max(case when commissions.event_type = 'closing' then commissions.exchange_rate end)
            as exchange_rate,
        cast(max(case when commissions.event_type = 'closing' then {{ product(
            product('commissions.rate', 4, '1 - commissions.paid_share', 4), 8,
            'commissions.split_share', 4
        ) }} end) as decimal(28, 10)) as rate,
        case
            when count(*) = count(commissions.base_amount)
                then sum(
                    case commissions.event_type
                        when 'closing' then commissions.base_amount
                        else -commissions.base_amount
                    end
                )
        end as held_base

    from {{ ref('fct_commission_lines') }} as commissions
    where commissions.event_type != 'lapse'
    group by commissions.payee_id, commissions.component_id, commissions.deal_id

),

-- What is held back of deals that were paid in part at closing, as of the last day of the data. It
-- comes as the client pays, and is gone once what is unpaid lapses or the client is handed over.
held_deals as (

    select
        lines.payee_id,
        lines.period_start,
        lines.currency_code,
        lines.line_number,
        'held' as kind,
        closings.deal_id,
        cast({{ dbt.dateadd('day', 'terms.lapse_days', 'closings.closed_date') }} as date)
            as counted_on,
        1 as deal_count,
        closings.held_base as counted_amount,
        closings.rate,
        {{ round_to_cents(product(
            product('closings.held_base', 2, 'closings.rate', 10), 12, 'closings.exchange_rate', 10
        )) }} as amount

    from lines
    inner join recent_months
        on lines.period_start = recent_months.period_start
    inner join closings
        on lines.payee_id = closings.payee_id
        and lines.component_id = closings.component_id
        and closings.closed_date <= recent_months.last_day
    inner join {{ ref('commission_terms') }} as terms
        on closings.component_id = terms.component_id
        and {{ is_in_force('terms', 'closings.closed_date') }}
    left join handed_over_deals
        on closings.deal_id = handed_over_deals.deal_id
    where
        lines.is_paid_by_deal
        and handed_over_deals.deal_id is null
        and closings.rate > 0
        and closings.held_base > 0
        and (
            terms.lapse_days is null
            or {{ dbt.dateadd('day', 'terms.lapse_days', 'closings.closed_date') }}
            > recent_months.as_of_date
        )

),

pay_deals as (

    select * from shared_deals
    union all
    select * from commissions
    union all
    select * from uncounted_deals
    union all
    select * from open_deals
    union all
    select * from open_commissions
    union all
    select * from held_deals

)

select
    pay_deals.payee_id,
    pay_deals.period_start,
    pay_deals.currency_code,
    pay_deals.line_number,
    cast(row_number() over (
        partition by
            pay_deals.payee_id, pay_deals.period_start, pay_deals.currency_code,
            pay_deals.line_number
        order by
            case pay_deals.kind
                when 'counted' then 1 when 'held' then 3 when 'open' then 4 else 2
            end,
            case when pay_deals.deal_id is null then 1 else 0 end,
            pay_deals.counted_on,
            pay_deals.deal_id
    ) as integer) as deal_order,
    pay_deals.kind,
    pay_deals.deal_id,
    pay_deals.deal_count,
    coalesce(leads.company_name, leads.full_name, deals.client_id) as client_name,
    deals.lead_id,
    leads.channel_id,
    leads.cost_amount as lead_cost_amount,
    pay_deals.counted_on,
    cast(pay_deals.counted_amount as decimal(28, 2)) as counted_amount,
    pay_deals.rate,
    pay_deals.amount,
    deals.lost_reason

from pay_deals
left join deals
    on pay_deals.deal_id = deals.deal_id
left join {{ ref('dim_leads') }} as leads
    on deals.lead_id = leads.lead_id
