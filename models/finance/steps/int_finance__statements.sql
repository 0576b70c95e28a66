-- One row per payee, month and currency with a statement: as signed where the payee is signed for
-- the month, as computed where not, and what it comes to since the fiscal year began. In a signed
-- month only what was signed counts.

{% set head = [
    'payee_name', 'department_id', 'plan_id', 'plan_version', 'plan_name', 'plan_valid_from',
    'plan_valid_to', 'active_days', 'period_days', 'target_amount', 'amount_before_company',
    'component_share', 'multiplier_name', 'company_attainment', 'multiplier', 'multiplier_tier_to',
    'cap_amount', 'bonus_amount', 'pool_amount', 'earned_amount', 'balance_brought_forward_amount',
    'payable_amount', 'balance_carried_amount'
] %}
{% set terms = [
    'adjustment_amount', 'plan_author_id', 'agreed_on', 'pay_on', 'object_until', 'object_to',
    'period_state', 'signed_by', 'signed_on', 'paid_on'
] %}

with

computed as (

    select * from {{ ref('fct_bonus_statements') }}

),

signed as (

    select * from {{ ref('stg_jointly__signed_statements') }}

),

signed_months as (

    select distinct period_start from signed

),

all_statements as (

    select
        coalesce(signed.payee_id, computed.payee_id) as payee_id,
        coalesce(signed.period_start, computed.period_start) as period_start,
        coalesce(signed.currency_code, computed.currency_code) as currency_code,
        {% for column in head %}
        case when signed.payee_id is null then computed.{{ column }} else signed.{{ column }} end
            as {{ column }},
        {% endfor %}
        {% for column in terms %}
        signed.{{ column }},
        {% endfor %}
        signed.year_start as signed_year_start,
        signed.year_earned_amount as signed_year_earned_amount,
        signed.year_target_amount as signed_year_target_amount,
        signed.payee_id is not null as is_signed,
        computed.payee_id is not null as is_computed,
        computed.earned_amount as computed_earned_amount,
        case when signed.payee_id is null then computed.status else signed.period_state end
            as status,
        case when signed.payee_id is null then computed.reason_message end as reason_message

    from computed
    full outer join signed
        on computed.payee_id = signed.payee_id
        and computed.period_start = signed.period_start
        and computed.currency_code = signed.currency_code

),

valid_statements as (

    select
        all_statements.*,
        all_statements.is_signed or signed_months.period_start is null as is_valid,
        {{ period_label("'month'", 'all_statements.period_start') }} as period_label,
        coalesce(
            years.period_start,
            cast({{ dbt.date_trunc('year', 'all_statements.period_start') }} as date)
        ) as year_start

    from all_statements
    left join signed_months
        on all_statements.period_start = signed_months.period_start
    left join {{ ref('dim_periods') }} as years
        on years.period_type = 'year'
        and all_statements.period_start >= years.period_start
        and all_statements.period_start < years.period_end

),

-- Whoever is paid in two currencies has two statements: the page opens with that of the plan.
ranked_statements as (

    select
        *,
        row_number() over (
            partition by payee_id, period_start
            order by
                case when is_valid then 0 else 1 end,
                case when plan_id is null then 1 else 0 end,
                currency_code
        ) = 1 as is_main,
        {% for column, amount in {
            'earned': 'earned_amount + coalesce(adjustment_amount, 0)', 'target': 'target_amount'
        }.items() %}
        case
            when count(case when is_valid and {{ amount }} is null then 1 end) over year_to_date = 0
                then sum(case when is_valid then {{ amount }} else 0 end) over year_to_date
        end as running_{{ column }}_amount{{ ',' if not loop.last }}
        {% endfor %}

    from valid_statements
    window year_to_date as (
        partition by payee_id, currency_code, year_start
        order by period_start
        rows between unbounded preceding and current row
    )

)

select
    payee_id,
    period_start,
    period_label,
    coalesce(signed_year_start, year_start) as year_start,
    currency_code,
    {% for column in head + terms %}
    {{ column }},
    {% endfor %}
    {% for column in ['earned', 'target'] %}
    cast(coalesce(signed_year_{{ column }}_amount, running_{{ column }}_amount) as decimal(28, 2))
        as year_{{ column }}_amount,
    {% endfor %}
    is_signed,
    is_valid,
    is_main,
    is_computed,
    computed_earned_amount,
    is_signed and coalesce(computed_earned_amount != earned_amount, true) as is_changed_since,
    status,
    reason_message

from ranked_statements
