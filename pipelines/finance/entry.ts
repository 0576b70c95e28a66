import { createHash } from 'node:crypto';
import { z } from 'zod';

const cell = z.string().nullable();
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2026-09');
const amount = z.string().regex(/^-?\d+\.\d{2}$/, 'an amount such as 1234.50');

/** A deal that a line is counted from, or, without an id, the others together. */
const ledgerDeal = z.strictObject({
    /** counted; or why it is not: lost, unpaid, held (until the client pays), open (a forecast). */
    kind: z.string(),
    deal_id: cell,
    client: cell,
    lead_id: cell,
    counted_on: cell,
    deal_count: z.int().positive(),
    counted_amount: cell,
    rate: cell,
    /** Its share of the amount of the line; of a held deal what is held, of an open one what it would bring. */
    amount: amount.nullable(),
});

/**
 * One line of a statement as it was signed. The lines of a payee and currency sum to their line
 * `total`, which is what is paid and carries the head of the statement.
 */
const ledgerLine = z.strictObject({
    payee_id: z.string(),
    payee_name: cell,
    department_id: cell,
    currency_code: z.string(),
    line_number: z.int().positive(),
    line_type: z.string(),
    /** What the line is paid on, whatever it is called: by this a later computation finds it again. */
    line_key: z.string(),
    label: cell,
    explanation: cell,
    kpi: cell,
    scope_type: cell,
    scope_id: cell,
    value: cell,
    target: cell,
    attainment: cell,
    factor: cell,
    amount,
    /** Of an adjustment: the signed month it corrects, and why that is computed differently now. */
    corrects_period: month.nullable(),
    cause: cell,
    /** Of the total: plan, version, target and results as they stood. */
    head: z.record(z.string(), cell).nullable(),
    // Younger than the first ledgers: a line without them keeps the hash it was signed with.
    /** Component of the plan that the line belongs to. */
    component_id: cell.optional(),
    /** What the line is counted from: of the kind counted, their amounts sum to that of the line. */
    deals: z.array(ledgerDeal).optional(),
});
const storedLine = ledgerLine.extend({ hash });
const waiver = z.strictObject({ check: z.string(), reason: z.string() });

/** What one entry says; `previous` is the hash of the entry before it. */
const manifestSchema = z.strictObject({
    /** 2 since lines may hold deals. */
    schema_version: z.union([z.literal(1), z.literal(2)]),
    entry: z.int().positive(),
    action: z.enum(['signed', 'paid', 'reopened']),
    period: month,
    company: z.string(),
    by: z.string(),
    /** Account of the machine the command ran under: `by` is what a person wrote. */
    account: z.string(),
    at: z.iso.datetime(),
    reason: cell,
    paid_on: z.iso.date().nullable(),
    waivers: z.array(waiver),
    data_as_of: cell,
    lines: z.strictObject({ count: z.int(), hash }).nullable(),
    totals: z.array(z.strictObject({ currency_code: z.string(), payable_amount: amount })),
    previous: hash,
    hash,
});

export type LedgerLine = z.output<typeof ledgerLine>;
export type LedgerDeal = z.output<typeof ledgerDeal>;
export type Waiver = z.output<typeof waiver>;
export type Manifest = z.output<typeof manifestSchema>;

/** What the first entry points back at. */
export const noEntry = '0'.repeat(64);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Hash of a line: it vouches for the line and for all before it, back to the first entry. The schema
 * puts the keys in one order, whatever order they were written in.
 */
export function hashLine(line: LedgerLine, before: string): string {
    return sha256(`${before}\n${JSON.stringify(ledgerLine.parse(line))}`);
}

/** The text of a file of lines, and the hash of its last one. */
export function writeLines(lines: readonly LedgerLine[], previous: string) {
    let last = previous;
    const texts = lines.map((line) => {
        last = hashLine(line, last);
        return `${JSON.stringify({ ...ledgerLine.parse(line), hash: last })}\n`;
    });
    return { text: texts.join(''), hash: last };
}

export function hashManifest({ hash: _, ...rest }: Manifest): string {
    return sha256(JSON.stringify(rest));
}

/** The manifest with its hash. */
export function sealManifest(manifest: Omit<Manifest, 'hash'>): Manifest {
    const draft = manifestSchema.parse({ ...manifest, hash: noEntry });
    return { ...draft, hash: hashManifest(draft) };
}

export const manifestText = (manifest: Manifest) => `${JSON.stringify(manifest, null, 4)}\n`;

/** A line of a file, or undefined where it is none. */
export function parseLine(text: string): (LedgerLine & { readonly hash: string }) | undefined {
    return parsed(storedLine, text);
}

export function parseManifest(text: string): Manifest | undefined {
    return parsed(manifestSchema, text);
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
    try {
        return schema.safeParse(JSON.parse(text)).data;
    } catch {
        // Not even JSON: the caller names the place.
        return undefined;
    }
}
