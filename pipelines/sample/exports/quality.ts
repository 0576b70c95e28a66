import type { LeadAudit } from '../audits.ts';
import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { dottedMinute } from '../format.ts';

const HEADER = ['Audit No', 'Lead ID', 'Audited On', 'Analyst', 'Verdict', 'Comment', 'Minutes'];

/** The analyst's own list: local time, decimal commas, and a row without a verdict now and then. */
export function writeAudits(root: string, audits: readonly LeadAudit[]): WrittenFile {
    const file = createCsvFile(root, 'quality/audits.csv', HEADER, {
        delimiter: ';',
        lineEnd: '\r\n',
    });
    const sorted = audits.toSorted(
        (a, b) => a.auditedAt - b.auditedAt || (a.leadId < b.leadId ? -1 : 1),
    );
    for (const [index, audit] of sorted.entries()) {
        const cells = [
            `Q-${String(index + 1).padStart(5, '0')}`,
            audit.leadId,
            dottedMinute(audit.auditedAt),
            audit.personId,
            audit.verdict === 'upheld' ? 'Upheld' : 'Overturned',
            audit.reason,
            minutes(audit.minuteTenths),
        ];
        file.row(cells);
        if (index % 400 === 100) file.row(cells);
        if (index % 600 === 200) file.row(cells.with(0, `${cells[0]}X`).with(4, 'to be discussed'));
    }
    return file.close();
}

/** 12,5 */
function minutes(tenths: number): string {
    return `${Math.floor(tenths / 10)},${tenths % 10}`;
}
