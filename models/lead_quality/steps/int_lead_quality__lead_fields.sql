-- One row per lead and field of it that some rule names.

{{ config(materialized='view') }}

with

described_leads as (

    select * from {{ ref('int_lead_quality__described_leads') }}

),

day_rules as (

    select * from {{ ref('int_lead_quality__day_rules') }}

),

-- Fields no rule names would be carried for every lead and read by nobody.
named_fields as (

    select distinct field from day_rules

),

lead_fields as (

    {% for field in lead_fields() %}
    select
        lead_id,
        created_date,
        '{{ field }}' as field,
        {{ field }} as field_value

    from described_leads
    where '{{ field }}' in (select field from named_fields)

    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select * from lead_fields
