-- One row per range longer than a month, attribution model and member of a scope: sourcing as the
-- sentences of the marketing pages read it, with the names of range and model.

with

sourcing as (

    select * from {{ ref('int_reports__sourcing') }}

),

credit_models as (

    select * from {{ ref('rpt_credit_models') }}

),

ranges as (

    select * from {{ ref('rpt_ranges') }}
    where range_type != 'month'

)

select
    sourcing.*,
    lower(credit_models.model_label) as model_phrase,
    ranges.range_type,
    ranges.range_start,
    ranges.range_label,
    ranges.is_default

from sourcing
inner join credit_models
    on sourcing.model = credit_models.model
inner join ranges
    on sourcing.range_id = ranges.range_id
