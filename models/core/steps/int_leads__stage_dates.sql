-- One row per lead: when it first entered each stage. Re-entries never move these dates.

with

transitions as (

    select * from {{ ref('fct_lead_stage_transitions') }}

),

first_entries as (

    select
        lead_id,
        {% for stage in ['mql', 'sal', 'sql', 'opportunity', 'customer', 'rejected', 'junk'] %}
        min(case when stage = '{{ stage }}' then entered_at end) as {{ stage }}_at,
        {% endfor %}
        max(case when exited_at is null then stage end) as current_stage

    from transitions
    group by lead_id

)

select * from first_entries
