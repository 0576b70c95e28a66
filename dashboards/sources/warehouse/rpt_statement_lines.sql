select * from marts.rpt_statement_lines
