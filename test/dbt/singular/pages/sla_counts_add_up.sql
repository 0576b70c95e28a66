-- What is owed is due, pending or unknown; what is due was met, met late or is missed.
select *
from {{ ref('int_reports__sla_counts') }}
where owed != due + pending + unknown or due != met + late + breached
