select * from marts.rpt_channels
