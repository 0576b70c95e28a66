-- One row per law of money: on how many things it was checked, and how many of them broke it.

with

checks as (

    select * from {{ ref('rpt_health_checks') }}

),

laws as (

    select
        check_label,
        min(sort_order) as sort_order,
        count(*) as check_count,
        count(case when not is_passed then 1 end) as broken_count,
        {{ dbt.listagg('case when not is_passed then subject end', "', '", 'order by subject') }}
            as broken_subjects

    from checks
    group by check_label

),

described_laws as (

    select
        *,
        case
            when broken_count = 0 then 'agrees to the cent'
            else 'DIFFERS for ' || broken_subjects
        end as result,
        case when broken_count = 0 then 'good' else 'bad' end as tone

    from laws

)

select * from described_laws
