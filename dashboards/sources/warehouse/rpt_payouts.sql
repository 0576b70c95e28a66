select * from marts.rpt_payouts
