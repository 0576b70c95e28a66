select * from marts.rpt_reconciliations
