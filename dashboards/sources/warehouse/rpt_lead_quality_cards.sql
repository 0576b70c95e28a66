select * from marts.rpt_lead_quality_cards
