select * from marts.rpt_company
