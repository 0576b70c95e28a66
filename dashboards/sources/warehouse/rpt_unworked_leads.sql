select * from marts.rpt_unworked_leads
