select * from marts.rpt_qa_cards
