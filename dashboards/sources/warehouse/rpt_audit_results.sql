select * from marts.rpt_audit_results
