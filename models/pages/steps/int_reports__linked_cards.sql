-- One row per month or quarter, link of the chain and side: the KPI by which the side is read
-- there.

with

links as (

    select * from (
        values
        (
            20, 'The right clients',
            'lead_acceptance_rate', 'feedback_completeness', 'win_rate_count'
        ),
        (30, 'Nothing left lying', 'sqls', 'sla_compliance', 'ignored_lead_rate'),
        (40, 'Money back for money spent', 'roas', 'won_deals', 'cost_per_won')
    ) as linked_kpis (sort_order, link_label, marketing_kpi, sales_kpi, company_kpi)

),

-- The first link is what the company's rules call the headline of each side.
headlines as (

    select
        valid_from,
        valid_to,
        side,
        kpi

    from {{ ref('headline_kpis') }}

),

cards as (

    select * from {{ ref('rpt_kpi_cards') }}

),

linked_cards as (

    {% for side in ['marketing', 'sales', 'company'] %}
    select
        links.sort_order,
        links.link_label,
        '{{ side }}' as link_side,
        cards.*

    from links
    inner join cards
        on links.{{ side }}_kpi = cards.kpi
        and cards.{{ "scope_id = 'company'" if side == 'company' else 'is_owner_value' }}

    union all
    {% endfor %}

    select
        10 as sort_order,
        'What each side is judged by' as link_label,
        headlines.side as link_side,
        cards.*

    from headlines
    inner join cards
        on headlines.kpi = cards.kpi
        and cards.is_owner_value
        and {{ is_in_force('headlines', 'cards.period_start') }}

)

select * from linked_cards
