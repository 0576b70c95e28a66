-- One row per month or quarter and link of the chain: what marketing, sales and the company each
-- show for it, side by side, and whether both departments did their part.

with

linked_cards as (

    select * from {{ ref('int_reports__linked_cards') }}

),

described_cards as (

    select
        *,
        kpi_label || ' ' || case
            when value is null then 'n/a (' || coalesce(reason, 'no value') || ')'
            when attainment is null then value_text
            else
                value_text || ' (' || {{ percent_text('attainment') }} || ' of ' || target_text
                || ')'
        end as kpi_text

    from linked_cards

),

linked_kpis as (

    select
        sort_order,
        link_label,
        {% for side in ['marketing', 'sales', 'company'] %}
        max(case when link_side = '{{ side }}' then kpi_text end) as {{ side }}_text,
        max(case when link_side = '{{ side }}' then attainment end) as {{ side }}_attainment,
        {% endfor %}
        period_type,
        period_start,
        period_label,
        is_final,
        is_latest_final

    from described_cards
    group by
        sort_order, link_label, period_type, period_start, period_label, is_final, is_latest_final

),

judged_links as (

    select
        *,
        case
            -- A missed target is told whether or not the other side has one.
            when marketing_attainment < 1 and sales_attainment < 1 then 'Both below target'
            when marketing_attainment < 1 then 'Marketing below target'
            when sales_attainment < 1 then 'Sales below target'
            when company_attainment < 1
                then
                    case
                        when marketing_attainment >= 1 and sales_attainment >= 1
                            then 'Both green, company red'
                        else 'Company below target'
                    end
            when marketing_attainment is null and sales_attainment is null
                then 'No targets to compare'
            when marketing_attainment is null then 'No target for marketing'
            when sales_attainment is null then 'No target for sales'
            else 'Both did their part'
        end as status

    from linked_kpis

)

select
    *,
    case
        when status = 'Both green, company red' then 'bad'
        when status = 'Both did their part' then 'good'
        when status like '%below target' then 'warn'
        else 'neutral'
    end as tone

from judged_links
