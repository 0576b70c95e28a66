select * from marts.rpt_pools
