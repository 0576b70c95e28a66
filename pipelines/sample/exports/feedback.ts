import type { Complaint } from '../complaints.ts';
import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { localMoment, titled } from '../format.ts';
import { PRODUCT_LABELS } from './crm-leads.ts';

/** Complaints by mail and reviews from two public pages, stars with a decimal comma. */
export function writeComplaints(root: string, complaints: readonly Complaint[]): WrittenFile {
    const file = createCsvFile(
        root,
        'service/feedback.csv',
        [
            'Case',
            'Received',
            'Kind',
            'Deal ID',
            'Lead ID',
            'Product',
            'Topic',
            'Advertised Promise',
            'Stars',
            'Text',
            'Closed',
        ],
        { delimiter: ';' },
    );
    const sorted = complaints.toSorted(
        (a, b) =>
            a.receivedAt - b.receivedAt || (a.dealId + a.leadId < b.dealId + b.leadId ? -1 : 1),
    );
    for (const [index, complaint] of sorted.entries()) {
        const { halfStars, line, resolvedAt } = complaint;
        const cells = [
            `F-${String(index + 1).padStart(5, '0')}`,
            localMoment(complaint.receivedAt),
            titled(complaint.kind),
            complaint.dealId,
            complaint.leadId,
            line === '' ? '' : PRODUCT_LABELS[line],
            complaint.topic,
            complaint.promise,
            halfStars === 0 ? '' : `${Math.floor(halfStars / 2)},${(halfStars % 2) * 5}`,
            complaint.body,
            resolvedAt === undefined ? '' : localMoment(resolvedAt),
        ];
        file.row(cells);
        if (index % 220 === 70) file.row(cells);
        if (index % 300 === 160) file.row(cells.with(0, `${cells[0]}X`).with(8, '0,0'));
    }
    return file.close();
}
