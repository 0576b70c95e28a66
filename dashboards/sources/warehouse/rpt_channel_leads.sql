select * from marts.rpt_channel_leads
