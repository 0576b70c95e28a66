-- For every model the shares of a deal sum to exactly 1, attributed or not.

select
    deal_id,
    model,
    sum(credit_share) as credit_share

from {{ ref('fct_attribution_credit') }}
group by deal_id, model
having sum(credit_share) != 1
