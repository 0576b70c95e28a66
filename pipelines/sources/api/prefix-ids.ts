import type { CanonicalRow } from './connector.ts';

/** Ids that a system gives its records. Accounts, campaigns and people are named alike everywhere. */
const recordIds = new Set([
    ...['lead_id', 'deal_id', 'client_id', 'payment_id', 'refund_of_payment_id'],
    ...['activity_id', 'event_id', 'session_id', 'merged_into', 'merged_ids'],
]);

/** The row with a prefix before each id of a record; a cell may hold several with `;` between. */
export function withPrefix({ stream, cells }: CanonicalRow, prefix: string): CanonicalRow {
    const prefixed = Object.entries(cells).map(([name, cell]) => {
        if (cell === null || !recordIds.has(name)) return [name, cell] as const;
        const ids = String(cell).split(';');
        return [name, ids.map((id) => `${prefix}${id.trim()}`).join(';')] as const;
    });
    return { stream, cells: Object.fromEntries(prefixed) };
}
