-- One row per month or quarter and link of the chain: what marketing, sales and the company each
-- show for it, side by side, and whether both departments are on target.

{% set sides = ['marketing', 'sales', 'company'] %}

with

links as (

    select * from (
        values
        (20, 'right_clients', 'lead_acceptance_rate', 'feedback_completeness', 'win_rate_count'),
        (30, 'nothing_neglected', 'sqls', 'sla_compliance', 'ignored_lead_rate'),
        (40, 'return_on_spend', 'roas', 'won_deals', 'cost_per_won')
    ) as linked_kpis (sort_order, link, marketing_kpi, sales_kpi, company_kpi)

),

-- The first link is what the company's rules call the headline of each side.
headlines as (

    select * from {{ ref('headline_kpis') }}

),

card_values as (

    select * from {{ ref('int_reports__card_values') }}
    where period_type in ('month', 'quarter')

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

-- A department is read by its own number, the company by that of all.
linked_values as (

    {% for side in sides %}
    select
        links.sort_order,
        links.link,
        '{{ side }}' as link_side,
        card_values.*

    from links
    inner join card_values
        on links.{{ side }}_kpi = card_values.kpi
        and card_values.{{ "scope_id = 'company'" if side == 'company' else 'is_owner_value' }}

    union all
    {% endfor %}

    select
        10 as sort_order,
        'headline' as link,
        headlines.side as link_side,
        card_values.*

    from headlines
    inner join card_values
        on headlines.kpi = card_values.kpi
        and card_values.is_owner_value
        and {{ is_in_force('headlines', 'card_values.period_start') }}

),

described_values as (

    select
        linked_values.*,
        {{ message('leadership.linked_kpi', {
            'kpi': as_message(card_label('linked_values', 'catalogue')),
            'value': as_kpi(
                'linked_values.value', 'catalogue.unit', 'linked_values.target',
                'linked_values.attainment'
            ),
            'attainment': as_attainment('linked_values.attainment'),
            'target': as_kpi('linked_values.target', 'catalogue.unit'),
            'reason': as_message('linked_values.reason_message')
        }) }} as kpi_message

    from linked_values
    inner join catalogue
        on linked_values.kpi = catalogue.kpi

),

linked_kpis as (

    select
        sort_order,
        link,
        {% for side in sides %}
        max(case when link_side = '{{ side }}' then kpi_message end) as {{ side }}_message,
        max(case when link_side = '{{ side }}' then attainment end) as {{ side }}_attainment,
        {% endfor %}
        period_type,
        period_start

    from described_values
    group by sort_order, link, period_type, period_start

),

judged_links as (

    select
        *,
        case
            -- A missed target is shown whether or not the other side has one.
            when marketing_attainment < 1 and sales_attainment < 1 then 'both_below'
            when marketing_attainment < 1 then 'marketing_below'
            when sales_attainment < 1 then 'sales_below'
            when company_attainment < 1
                then
                    case
                        when marketing_attainment >= 1 and sales_attainment >= 1
                            then 'both_green_company_red'
                        else 'company_below'
                    end
            when marketing_attainment is null and sales_attainment is null then 'no_targets'
            when marketing_attainment is null then 'no_marketing_target'
            when sales_attainment is null then 'no_sales_target'
            else 'both_on_target'
        end as status_code

    from linked_kpis

)

select
    links.sort_order,
    {{ message('leadership.link', {'link': 'links.link'}) }} as link_label_message,
    links.marketing_message,
    links.sales_message,
    links.company_message,
    links.period_type,
    links.period_start,
    periods.period_label,
    links.status_code,
    {{ message('leadership.link_status', {'status': 'links.status_code'}) }} as status_message,
    case
        when links.status_code = 'both_green_company_red' then 'bad'
        when links.status_code = 'both_on_target' then 'good'
        when
            links.status_code in ('both_below', 'marketing_below', 'sales_below', 'company_below')
            then 'warn'
        else 'neutral'
    end as tone

from judged_links as links
inner join {{ ref('dim_periods') }} as periods
    on links.period_type = periods.period_type
    and links.period_start = periods.period_start
