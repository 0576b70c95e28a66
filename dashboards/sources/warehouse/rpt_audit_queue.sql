select * from marts.rpt_audit_queue
