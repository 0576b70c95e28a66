select * from marts.rpt_attribution_models
