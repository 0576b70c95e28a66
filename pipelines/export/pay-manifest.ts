import { createHash } from 'node:crypto';

/** A file of pay as it is written. */
export interface PayFile {
    readonly name: string;
    readonly content: string | Uint8Array;
    /** Statements in it. */
    readonly rows: number;
}

/** What files of pay were made of, so that they can be checked against the ledger years later. */
export function payManifest(of: {
    readonly period: string;
    /** Hash of the entry that signed the month; null while it is not signed. */
    readonly entry: string | null;
    /** Sums by currency, each under the name of what it sums. */
    readonly totals: readonly ({ readonly currency_code: string } & Readonly<
        Record<string, string>
    >)[];
    readonly files: readonly PayFile[];
    /** Payees without a file, and why. */
    readonly left_out?: readonly { readonly payee_id: string; readonly reason: string }[];
}): string {
    const manifest = {
        schema_version: 1,
        period: of.period,
        ledger_entry: of.entry,
        totals: of.totals,
        files: of.files.map(({ name, rows, content }) => ({
            name,
            rows,
            sha256: createHash('sha256').update(content).digest('hex'),
        })),
        ...(of.left_out ? { left_out: of.left_out } : {}),
    };
    return `${JSON.stringify(manifest, null, 4)}\n`;
}
