-- What is owed is due, pending or unknown; what is due was kept, kept late or is broken.
select *
from {{ ref('int_reports__sla_counts') }}
where owed != due + pending + unknown or due != met + late + breached
