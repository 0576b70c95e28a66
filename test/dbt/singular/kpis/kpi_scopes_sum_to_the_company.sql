-- Every scope of a KPI adds up to the company, its "unattributed" line included. A row is a KPI,
-- scope and period whose numerators or denominators do not.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where kpi in (select kpi from {{ ref('kpi_catalogue') }} where aggregation != 'derived')

),

company_values as (

    select * from kpi_values
    where scope_type = 'company' and numerator is not null

),

scope_sums as (

    select
        kpi,
        scope_type,
        period_type,
        period_start,
        sum(numerator) as numerator,
        sum(denominator) as denominator

    from kpi_values
    where scope_type != 'company'
    group by kpi, scope_type, period_type, period_start
    having count(numerator) = count(*)

)

select
    company_values.kpi,
    scope_sums.scope_type,
    company_values.period_type,
    company_values.period_start,
    company_values.numerator as company_numerator,
    scope_sums.numerator as scope_numerator

from company_values
inner join scope_sums
    on company_values.kpi = scope_sums.kpi
    and company_values.period_type = scope_sums.period_type
    and company_values.period_start = scope_sums.period_start
where
    company_values.numerator != coalesce(scope_sums.numerator, 0)
    or coalesce(company_values.denominator, 0) != coalesce(scope_sums.denominator, 0)
