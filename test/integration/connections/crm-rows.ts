import type { Clock } from '../../../pipelines/sources/api/clock.ts';
import type { TestCompany } from '../loading/company.ts';

const streams = [
    'deals',
    'leads',
    'lead_touches',
    'lead_events',
    'deal_stage_history',
    'activities',
];

/** All rows that a CRM brought, without the files they came with. */
export async function crmRows(company: TestCompany): Promise<readonly unknown[]> {
    const tables: unknown[] = [];
    for (const stream of streams) {
        const rows = `select * exclude (_file_id) from raw_files.${stream} order by all`;
        tables.push(await company.query(rows));
    }
    return tables;
}

/** What a load tells beside its rows. */
export async function notesOf(company: TestCompany, clock: Clock): Promise<readonly string[]> {
    const outcomes = await company.load({ clock });
    return outcomes.flatMap((outcome) => {
        if (outcome.status === 'failed') throw outcome.error;
        return outcome.status === 'loaded' ? outcome.notes : [];
    });
}
