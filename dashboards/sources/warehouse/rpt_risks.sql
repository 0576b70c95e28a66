select * from marts.rpt_risks
