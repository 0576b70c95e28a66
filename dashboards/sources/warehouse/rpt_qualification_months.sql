select * from marts.rpt_qualification_months
