import type { Column } from '../contracts/columns.ts';
import { exportLayouts } from '../sources/files/layouts/export-layout.ts';

/** What databases of companies' own call a column of a stream. The first that is there is taken. */
const ofDatabases: Readonly<Record<string, readonly string[]>> = {
    created_at: [
        'created',
        'created_on',
        'date_created',
        'creation_date',
        'inserted_at',
        'added_at',
    ],
    updated_at: ['updated', 'modified_at', 'modified', 'changed_at', 'changed', 'last_modified'],
    closed_at: ['closed', 'closed_on', 'close_date', 'completed_at'],
    paid_at: ['paid', 'paid_on', 'payment_date', 'date', 'received_at', 'booked_at', 'created_at'],
    occurred_at: ['happened_at', 'event_time', 'started_at', 'date', 'timestamp', 'created_at'],
    started_at: ['start_time', 'started', 'timestamp', 'created_at'],
    touched_at: ['date', 'timestamp', 'created_at'],
    entered_at: ['changed_at', 'moved_at', 'date', 'created_at'],
    net_amount: ['net', 'amount', 'total', 'sum', 'value'],
    gross_amount: ['gross', 'total'],
    tax_amount: ['tax', 'vat'],
    amount: ['value', 'total', 'price', 'sum'],
    currency_code: ['currency'],
    person_id: ['owner_id', 'owner', 'user_id', 'manager_id', 'assigned_to', 'assignee_id'],
    client_id: ['customer_id', 'company_id', 'account_id', 'organization_id'],
    lead_id: ['inquiry_id', 'contact_id', 'prospect_id'],
    deal_id: ['opportunity_id', 'order_id'],
    status: ['state', 'outcome'],
    kind: ['type'],
    event_type: ['event', 'type', 'new_status', 'status'],
    activity_type: ['type', 'kind'],
    stage: ['stage_name', 'new_stage'],
    channel: ['source', 'lead_source', 'utm_source'],
    full_name: ['name', 'contact_name'],
    email: ['email_address', 'mail'],
    company_name: ['company', 'organization'],
    country_code: ['country'],
    product_line: ['product'],
    lost_reason: ['loss_reason'],
    refund_of_payment_id: ['original_payment_id', 'parent_id'],
    spend_date: ['day', 'date'],
    spend_amount: ['spend', 'cost', 'amount'],
    platform: ['network', 'source'],
    campaign_id: ['campaign'],
    visit_date: ['day', 'date'],
    visits: ['sessions'],
    site: ['domain', 'host'],
    is_deleted: ['deleted', 'deleted_at', 'removed_at'],
};

/** Names that say of a table what its rows are, in the singular. */
const ofTables: Readonly<Record<string, readonly string[]>> = {
    leads: ['inquiry', 'enquiry', 'prospect', 'contact'],
    deals: ['opportunity'],
    payments: ['transaction', 'receipt', 'order'],
    activities: ['call', 'meeting', 'task', 'interaction'],
    sessions: ['visit'],
    ad_spend: ['ad_cost', 'ad_stat', 'campaign_stat', 'spend'],
};

/** Only letters and digits count: `createdAt` is `created_at`. */
export const plainName = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Other names of a column of a stream: those of databases, then those of the exports of systems. */
export function usualNames(stream: string, { name, headers = [] }: Column): readonly string[] {
    const ofExports = exportLayouts()
        .filter((layout) => layout.stream === stream)
        .flatMap(({ columns }) => columns[name]?.names ?? [])
        .filter((one) => !/[*:]/.test(one));
    return [...headers, ...(ofDatabases[name] ?? []), ...ofExports];
}

/** Words of a closed list as exports write them, with what they are in the stream. */
export function usualWords(stream: string, { name }: Column): Readonly<Record<string, string>> {
    const words = exportLayouts()
        .filter((layout) => layout.stream === stream)
        .map(({ columns }) => columns[name]?.values ?? {});
    return Object.assign({}, ...words);
}

/** How many words of a table's name say that it holds this stream. */
export function wordsOfTable(table: string, stream: string): number {
    const words = wordsOf(table.split('.').at(-1) ?? table);
    const said = [stream, ...(ofTables[stream] ?? [])]
        .map(wordsOf)
        .filter((wanted) => wanted.every((word) => words.includes(word)));
    return Math.max(0, ...said.map((wanted) => wanted.length));
}

/** What one row of a table is called. */
export const rowName = (table: string) => wordsOf(table.split('.').at(-1) ?? table).join('_');

const wordsOf = (name: string) =>
    name
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter(Boolean)
        .map(singular);

const singular = (word: string) =>
    word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.replace(/([^s])s$/, '$1');
