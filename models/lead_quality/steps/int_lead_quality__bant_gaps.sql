-- One row per lead that has not answered every part of BANT: the parts in words.

with

leads as (

    select * from {{ ref('stg_files__leads') }}

),

questions as (

    select * from {{ ref('questions') }}

),

answers as (

    select * from {{ ref('int_lead_quality__answers') }}

),

asked_parts as (

    select
        {% for part in bant_parts() %}
        max(case when bant_part = '{{ part }}' then 1 else 0 end) as asks_{{ part }},
        {% endfor %}
        count(*) as questions

    from questions

),

answered_parts as (

    select
        lead_id,
        {% for part in bant_parts() %}
        max(case when bant_part = '{{ part }}' then 1 else 0 end) as knows_{{ part }},
        {% endfor %}
        count(*) as answers

    from answers
    -- An answer nobody can read is no answer.
    where latest_number = 1 and answer_value is not null
    group by lead_id

),

named_gaps as (

    select
        leads.lead_id,
        {% for part in bant_parts() %}
        case
            when
                asked_parts.asks_{{ part }} = 1
                and coalesce(answered_parts.knows_{{ part }}, 0) = 0
                then ', {{ part }}'
            else ''
        end
        {% if not loop.last %}||{% endif %}
        {% endfor %}
            as gaps

    from leads
    cross join asked_parts
    left join answered_parts
        on leads.lead_id = answered_parts.lead_id

)

select
    lead_id,
    'bant' as rule_set,
    substr(gaps, 3) as missing_parts

from named_gaps
where gaps != ''
