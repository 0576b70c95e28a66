select * from marts.rpt_marketing_cards
