-- One row per lost deal and scope it counts in (company, channel of its lead, owner), with the side
-- that answers for it.

with

lost_deals as (

    select * from {{ ref('fct_lost_deals') }}

)

{% for scope_type, column in [
    ('company', none), ('channel', 'channel_id'), ('person', 'person_id')
] %}
select
    '{{ scope_type }}' as scope_type,
    {{ "'all'" if column is none else "coalesce(" ~ column ~ ", 'unattributed')" }} as scope_id,
    deal_id,
    closed_date,
    coalesce(lost_reason_label, 'No reason given') as lost_reason,
    coalesce(responsible_side, 'unknown') as responsible_side,
    unknown_side_reason,
    is_disputed,
    amount

from lost_deals
{% if not loop.last %}
union all
{% endif %}
{% endfor %}
