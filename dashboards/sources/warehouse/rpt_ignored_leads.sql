select * from marts.rpt_ignored_leads
