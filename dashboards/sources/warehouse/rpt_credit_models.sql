select * from marts.rpt_credit_models
