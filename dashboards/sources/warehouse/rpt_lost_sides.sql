select * from marts.rpt_lost_sides
