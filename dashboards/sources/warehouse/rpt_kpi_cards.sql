select * from marts.rpt_kpi_cards
