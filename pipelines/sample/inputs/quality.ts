import { PRODUCT_LABELS } from '../exports/crm-leads.ts';
import { swap } from './swap.ts';

const DOTTED_MINUTE = '%d.%m.%Y %H:%M';
const LOCAL_MOMENT = '%Y-%m-%d %H:%M:%S';

/** The analyst's audits and what clients complain of. */
export function qualityInputs(directory: string) {
    return [
        {
            name: 'quality_audits',
            stream: 'lead_audits',
            files: [`${directory}/quality/audits.csv`],
            format: { type: 'csv', delimiter: ';', decimal_separator: ',' },
            columns: {
                audit_id: 'Audit No',
                lead_id: 'Lead ID',
                audited_at: { column: 'Audited On', format: DOTTED_MINUTE },
                person_id: 'Analyst',
                verdict: {
                    column: 'Verdict',
                    values: { Upheld: 'upheld', Overturned: 'overturned' },
                },
                reason: 'Comment',
                minutes_spent: 'Minutes',
            },
        },
        {
            name: 'service_feedback',
            stream: 'complaints',
            files: [`${directory}/service/feedback.csv`],
            format: { type: 'csv', delimiter: ';', decimal_separator: ',' },
            columns: {
                complaint_id: 'Case',
                received_at: { column: 'Received', format: LOCAL_MOMENT },
                kind: { column: 'Kind', values: { Complaint: 'complaint', Review: 'review' } },
                deal_id: 'Deal ID',
                lead_id: 'Lead ID',
                product_line: { column: 'Product', values: swap(PRODUCT_LABELS) },
                topic: 'Topic',
                promise: 'Advertised Promise',
                rating: 'Stars',
                body: 'Text',
                resolved_at: { column: 'Closed', format: LOCAL_MOMENT },
            },
        },
    ];
}
