-- One row per KPI and attribution model it is computed under: "default", and each model of the
-- rules for a KPI one of whose measures is shared out over touches.

with

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}
    where aggregation != 'derived'

),

attribution_models as (

    select distinct model from {{ ref('attribution_models') }}

)

select
    kpi,
    'default' as attribution_model

from catalogue

union all

select
    catalogue.kpi,
    attribution_models.model as attribution_model

from catalogue
cross join attribution_models
where
    catalogue.numerator in ({{ modelled_measures() }})
    or catalogue.denominator in ({{ modelled_measures() }})
