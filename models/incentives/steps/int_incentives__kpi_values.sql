-- One row per KPI, scope, month or quarter, and currency of pay: the only numbers anybody is paid
-- on. Money is converted at the rate of the period's last day; without one there is none.

with

published_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type in ('month', 'quarter')

),

catalogue as (

    select
        kpi,
        max(case when valid_to is null then kpi_label end) as kpi_label,
        max(unit) as unit,
        max(case when unit = 'currency' then 1 else 0 end) = 1 as is_money,
        max(case when direction = 'down' then 1 else 0 end) = 1 as is_less_better,
        min(case when aggregation = 'additive' then 1 else 0 end) = 1 as is_additive

    from {{ ref('kpi_catalogue') }}
    group by kpi

),

pay_currencies as (

    select currency_code from {{ ref('plans') }}

    union

    select currency_code from {{ ref('pools') }}

),

rates as (

    select * from {{ ref('exchange_rates') }}
    where currency_code = '{{ var("company_currency") }}'

),

-- KPIs that somebody is paid on in their own name.
own_kpis as (

    {% for rule in ['plan_components', 'component_gates', 'plan_multipliers'] %}
    select kpi, scope_type from {{ ref(rule) }}
    where scope_id = 'payee'
    {% if not loop.last %}
    union
    {% endif %}
    {% endfor %}

),

payees as (

    select distinct payee_id from {{ ref('plan_members') }}

),

-- Whoever has no deal and no target has no row: nothing happened, as far as the company's own
-- number is known. A sum is then zero, a ratio has nothing to divide.
own_nothings as (

    select
        company.kpi,
        own_kpis.scope_type,
        payees.payee_id as scope_id,
        company.period_type,
        company.period_start,
        company.period_end,
        {% for side in ['numerator', 'denominator'] %}
        case
            when company.value is not null or company.denominator = 0
                then cast(0 as decimal(28, 10))
        end as {{ side }},
        {% endfor %}
        case
            when company.value is not null and catalogue.is_additive
                then cast(0 as decimal(28, 10))
        end as value,
        cast(null as decimal(24, 6)) as target,
        cast(null as decimal(28, 10)) as attainment,
        company.status,
        case
            when company.value is null or company.status = 'incomplete'
                then company.reason_message
            when catalogue.is_additive then {{ message('kpi.reason.no_target') }}
            else {{ message('pay.reason.nothing_happened') }}
        end as reason_message,
        company.is_final

    from published_values as company
    inner join own_kpis
        on company.kpi = own_kpis.kpi
    inner join catalogue
        on company.kpi = catalogue.kpi
    cross join payees
    left join published_values as published
        on company.kpi = published.kpi
        and company.period_type = published.period_type
        and company.period_start = published.period_start
        and own_kpis.scope_type = published.scope_type
        and payees.payee_id = published.scope_id
    where company.scope_type = 'company' and published.kpi is null

),

all_values as (

    {% set columns = [
        'kpi', 'scope_type', 'scope_id', 'period_type', 'period_start', 'period_end',
        'numerator', 'denominator', 'value', 'target', 'attainment', 'status',
        'reason_message', 'is_final',
    ] %}
    {% for layer in ['published_values', 'own_nothings'] %}
    select {{ columns | join(', ') }} from {{ layer }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

priced_values as (

    select
        all_values.*,
        coalesce(catalogue.is_additive, false) as is_additive,
        pay_currencies.currency_code,
        catalogue.kpi_label,
        catalogue.unit,
        coalesce(catalogue.is_less_better, false) as is_less_better,
        case
            when
                not coalesce(catalogue.is_money, false)
                or pay_currencies.currency_code = '{{ var("company_currency") }}'
                then cast(1 as decimal(28, 10))
            else rates.rate
        end as rate,
        all_values.status = 'incomplete' as is_partly_known

    from all_values
    cross join pay_currencies
    left join catalogue
        on all_values.kpi = catalogue.kpi
    left join rates
        on pay_currencies.currency_code = rates.to_currency_code
        and {{ is_in_force('rates', dbt.dateadd('day', -1, 'all_values.period_end')) }}

),

-- Of an incomplete number only a part is known: it pays nobody. Nothing is nothing in any currency.
payable_values as (

    select
        kpi,
        kpi_label,
        unit,
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        currency_code,
        is_less_better,
        is_additive,
        cast(
            case
                when not is_partly_known then {{ product('numerator', 10, 'rate', 10) }}
            end as decimal(28, 10)
        ) as numerator,
        case when not is_partly_known then denominator end as denominator,
        cast(
            case
                when is_partly_known then null
                when value = 0 then 0
                else {{ product('value', 10, 'rate', 10) }}
            end as decimal(28, 10)
        ) as value,
        cast({{ product('target', 6, 'rate', 10) }} as decimal(24, 6)) as target,
        case when not is_partly_known then attainment end as attainment,
        is_final,
        reason_message,
        case
            when rate is null
                then {{ message('pay.reason.no_rate', {
                    'from': "'" ~ var('company_currency') ~ "'", 'to': 'currency_code',
                    'day': as_day('cast(' ~ dbt.dateadd('day', -1, 'period_end') ~ ' as date)')
                }) }}
        end as rate_message

    from priced_values

)

select * from payable_values
