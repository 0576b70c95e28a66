select * from marts.rpt_card_terms
