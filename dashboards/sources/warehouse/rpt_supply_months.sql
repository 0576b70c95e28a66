select * from marts.rpt_supply_months
