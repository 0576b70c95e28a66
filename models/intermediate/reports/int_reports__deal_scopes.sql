-- One row per deal and scope it counts in (company, channel of its lead, owner, product line).

with

deals as (

    select * from {{ ref('dim_deals') }}

)

{% for scope_type, column in [
    ('company', none), ('channel', 'channel_id'), ('person', 'person_id')
] %}
select
    '{{ scope_type }}' as scope_type,
    {{ "'all'" if column is none else "coalesce(" ~ column ~ ", 'unattributed')" }} as scope_id,
    *

from deals
{% if not loop.last %}
union all
{% endif %}
{% endfor %}
