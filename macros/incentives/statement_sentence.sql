{# How the payable amount of a statement came about, in one sentence. #}
{% macro statement_sentence(row) -%}
    {%- set company = as_tier_attainment(row) -%}
    {{ messages([
        "case when " ~ row ~ ".payable_amount is null then " ~ message('pay.statement.unknown', {
            'payee': row ~ '.payee_name', 'month': as_period("'month'", row ~ '.period_start'),
            'reason': as_message(row ~ '.reason_message')
        })
        ~ " when " ~ pays_nothing(row) ~ " then " ~ message('pay.statement.nothing', {
            'payee': row ~ '.payee_name', 'month': as_period("'month'", row ~ '.period_start'),
            'name': row ~ '.multiplier_name', 'company': company,
            'from': as_percent(row ~ '.multiplier_tier_to', 12),
            'amount': as_exact_money(row ~ '.amount_before_company', row ~ '.currency_code')
        })
        ~ " else " ~ message('pay.statement.paid', {
            'payee': row ~ '.payee_name', 'month': as_period("'month'", row ~ '.period_start'),
            'payable': as_exact_money(row ~ '.payable_amount', row ~ '.currency_code'),
            'amount': as_exact_money(row ~ '.amount_before_company', row ~ '.currency_code'),
            'name': row ~ '.multiplier_name', 'company': company,
            'multiplier': as_number(row ~ '.multiplier', 4),
            'cap': as_exact_money(
                'case when ' ~ row ~ '.is_capped then ' ~ row ~ '.cap_amount end',
                row ~ '.currency_code'
            ),
            'pools': as_exact_money('nullif(' ~ row ~ '.pool_amount, 0)', row ~ '.currency_code'),
            'owed': as_exact_money(
                'nullif(-' ~ row ~ '.balance_brought_forward_amount, 0)', row ~ '.currency_code'
            ),
            'carried': as_exact_money(
                'nullif(-' ~ row ~ '.balance_carried_amount, 0)', row ~ '.currency_code'
            )
        }) ~ " end",
        "case when " ~ row ~ ".status = 'provisional' then " ~ message('pay.statement.may_change', {
            'reason': as_message(row ~ '.reason_message')
        }) ~ " end"
    ]) }}
{%- endmacro %}

{# What was signed, by whom and when, and whether it is computed differently now, in two sentences. #}
{% macro signed_sentence(row) -%}
    {%- set currency = row ~ '.currency_code' -%}
    {{ messages([
        message('pay.statement.signed', {
            'payee': 'coalesce(' ~ row ~ '.payee_name, ' ~ row ~ '.payee_id)',
            'month': as_period("'month'", row ~ '.period_start'),
            'payable': as_exact_money(row ~ '.payable_amount', currency),
            'earned': as_exact_money(row ~ '.earned_amount', currency),
            'adjusted': as_exact_money('nullif(' ~ row ~ '.adjustment_amount, 0)', currency),
            'owed': as_exact_money('nullif(-' ~ row ~ '.balance_brought_forward_amount, 0)', currency),
            'carried': as_exact_money('nullif(-' ~ row ~ '.balance_carried_amount, 0)', currency),
            'by': 'coalesce(approvers.person_name, ' ~ row ~ '.signed_by)',
            'day': as_day(row ~ '.signed_on'),
            'state': row ~ '.period_state', 'paid_on': as_day(row ~ '.paid_on')
        }),
        "case when not " ~ row ~ ".is_computed then " ~ message('pay.statement.gone')
        ~ " when " ~ row ~ ".computed_earned_amount is null then " ~ message('pay.statement.unknown_now')
        ~ " when " ~ row ~ ".is_changed_since then " ~ message('pay.statement.moved', {
            'earned': as_exact_money(row ~ '.computed_earned_amount', currency)
        }) ~ " end"
    ]) }}
{%- endmacro %}

{# Something was earned and the result of the company took all of it. #}
{% macro pays_nothing(row) -%}
    {{ row }}.payable_amount = 0 and {{ row }}.multiplier = 0 and {{ row }}.amount_before_company > 0
{%- endmacro %}

{# The attainment a multiplier is read off, never rounded up into the next tier. #}
{% macro as_tier_attainment(row) -%}
    {{ as_kpi(row ~ '.company_attainment', "'percent'", row ~ '.multiplier_tier_to', '0') }}
{%- endmacro %}

{# The same in a cell of its own; without a multiplier there is no result to show. #}
{% macro company_attainment_message(row) -%}
    case
        when {{ row }}.multiplier_name is null then {{ message('pay.no_multiplier') }}
        when {{ row }}.company_attainment is not null
            then {{ message('plain', {'text': as_tier_attainment(row)}) }}
    end
{%- endmacro %}
