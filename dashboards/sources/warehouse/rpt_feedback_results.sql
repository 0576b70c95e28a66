select * from marts.rpt_feedback_results
