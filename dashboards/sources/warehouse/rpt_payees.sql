select * from marts.rpt_payees
