-- One row per month, currency and department ('all' for everybody): what the statements sum to, as
-- signed where a month is signed. A sum is empty while one of its statements lacks the number: a
-- part is never shown as the whole.

{% set amounts = [
    'target_amount', 'amount_before_company', 'bonus_amount', 'pool_amount',
    'balance_brought_forward_amount', 'payable_amount', 'balance_carried_amount'
] %}

with

statements as (

    select * from {{ ref('int_finance__statements') }}
    where is_valid

),

totals as (

    {% for department in ['department_id', "'all'"] %}
    select
        period_start,
        currency_code,
        {{ department }} as department_id,
        count(*) as payee_count,
        {{ weakest_status('status') }} as status,
        count(case when status not in ('incomplete', 'provisional') then 1 end) as complete_count,
        count(case when status = 'provisional' then 1 end) as provisional_count,
        count(case when status = 'incomplete' then 1 end) as incomplete_count,
        {% for amount in amounts %}
        case
            when count({{ amount }}) = count(*) then cast(sum({{ amount }}) as decimal(28, 2))
        end as {{ amount }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}

    from statements
    group by period_start, currency_code{{ ', department_id' if loop.first }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select * from totals
