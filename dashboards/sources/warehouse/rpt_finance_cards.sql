select * from marts.rpt_finance_cards
