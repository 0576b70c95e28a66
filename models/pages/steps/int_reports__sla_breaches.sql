-- One row per commitment between the departments that was met late or is still missed: the newest
-- forty of each department and of each owner.

{% set breaches_shown = 40 %}

with

numbered_breaches as (

    select
        *,
        row_number() over (order by due_at desc, obligation_id) as rank_of_all,
        row_number() over (
            partition by owing_department_id order by due_at desc, obligation_id
        ) as rank_of_department,
        row_number() over (partition by owner_id order by due_at desc, obligation_id)
            as rank_of_owner

    from {{ ref('fct_sla_obligations') }}
    where status in ('late', 'breached')

)

select * from numbered_breaches
where rank_of_department <= {{ breaches_shown }} or rank_of_owner <= {{ breaches_shown }}
