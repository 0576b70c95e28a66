select * from marts.rpt_complaint_topics
