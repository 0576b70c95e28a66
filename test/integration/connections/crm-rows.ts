import type { TestCompany } from '../loading/company.ts';

/** All rows that a CRM brought, without the files they came with. */
export async function crmRows(company: TestCompany): Promise<readonly unknown[]> {
    const tables: unknown[] = [];
    for (const stream of ['deals', 'leads', 'lead_events', 'deal_stage_history', 'activities']) {
        const rows = `select * exclude (_file_id) from raw_files.${stream} order by all`;
        tables.push(await company.query(rows));
    }
    return tables;
}
