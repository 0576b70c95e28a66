select * from marts.rpt_linked_kpis
