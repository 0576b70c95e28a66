-- One row per payee, month, currency, line of a statement and deal behind it, as signed where it is
-- signed; the sum of what counts stands under the deals of each line.

{% set line = 'payee_id, period_start, currency_code, line_number' %}

with

lines as (

    select * from {{ ref('int_finance__statement_lines') }}
    where is_valid

),

deals as (

    {% set columns = [
        'payee_id', 'period_start', 'currency_code', 'line_number', 'deal_order', 'kind', 'deal_id',
        'deal_count', 'client_name', 'lead_id', 'counted_on', 'counted_amount', 'rate', 'amount',
    ] %}
    {% for basis, relation in {
        'computed': 'fct_pay_deals', 'signed': 'stg_jointly__signed_deals'
    }.items() %}
    select
        '{{ basis }}' as basis,
        {{ columns | join(', ') }}
    from {{ ref(relation) }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

valid_deals as (

    select
        deals.*,
        lines.kpi,
        lines.label_message

    from deals
    inner join lines
        on deals.payee_id = lines.payee_id
        and deals.period_start = lines.period_start
        and deals.currency_code = lines.currency_code
        and deals.line_number = lines.line_number
        and deals.basis = lines.basis

),

sums as (

    select
        {{ line }},
        kpi,
        label_message,
        cast(sum(deal_count) as integer) as deal_count,
        -- Deals with rates of their own have none in common.
        case when min(rate) = max(rate) then max(rate) end as rate,
        cast(sum(counted_amount) as decimal(28, 2)) as counted_amount,
        case when count(amount) = count(*) then cast(sum(amount) as decimal(28, 2)) end as amount

    from valid_deals
    where kind = 'counted'
    group by {{ line }}, kpi, label_message

),

rows_of_lines as (

    select
        {{ line }}, deal_order, kind, deal_id, deal_count, client_name, lead_id, counted_on,
        counted_amount, rate, amount, kpi, label_message
    from valid_deals

    union all

    -- After the deals that count, before those that do not.
    select
        {{ line }}, 0, 'sum', null, deal_count, null, null, null, counted_amount, rate, amount, kpi,
        label_message
    from sums

)

select
    deals.payee_id,
    deals.period_start,
    {{ period_label("'month'", 'deals.period_start') }} as period_label,
    deals.currency_code,
    deals.line_number,
    cast(row_number() over (
        partition by deals.payee_id, deals.period_start, deals.currency_code
        order by
            deals.line_number,
            case deals.kind
                when 'counted' then 1 when 'sum' then 2 when 'held' then 4 when 'open' then 5 else 3
            end,
            deals.deal_order
    ) as integer) as row_order,
    deals.label_message as line_label_message,
    deals.kind,
    deals.deal_id,
    {{ message('pay.deal.name', {
        'kind': 'deals.kind', 'client': 'deals.client_name', 'deal': 'deals.deal_id',
        'count': 'deals.deal_count'
    }) }} as deal_message,
    {{ message('pay.deal.kind', {
        'kind': 'deals.kind',
        'reason': 'coalesce(reasons.lost_reason_label, dim_deals.lost_reason)'
    }) }} as note_message,
    case when deals.lead_id is not null then {{ lead_path('deals.lead_id') }} end as link,
    case
        when leads.lead_id is not null
            then {{ message('pay.deal.origin', {
                'channel': 'coalesce(channels.channel_label, leads.channel_id)',
                'cost': as_exact_money('leads.cost_amount')
            }) }}
    end as origin_message,
    deals.counted_on,
    deals.counted_amount,
    case
        when deals.rate is null then {{ message('plain', {'text': "''"}) }}
        when deals.kpi = 'won_deals'
            then {{ message('plain', {
                'text': as_exact_money('deals.rate', 'deals.currency_code')
            }) }}
        else {{ message('plain', {'text': as_percent('deals.rate', 4)}) }}
    end as rate_message,
    deals.amount,
    deals.kind = 'sum' as is_sum,
    deals.kind not in ('counted', 'sum') as is_left_out

from rows_of_lines as deals
left join {{ ref('dim_deals') }} as dim_deals
    on deals.deal_id = dim_deals.deal_id
left join {{ ref('dim_leads') }} as leads
    on deals.lead_id = leads.lead_id
left join {{ ref('dim_channels') }} as channels
    on leads.channel_id = channels.channel_id
left join {{ ref('lost_reasons') }} as reasons
    on dim_deals.lost_reason = reasons.lost_reason
    and {{ is_in_force('reasons', 'dim_deals.closed_date') }}
