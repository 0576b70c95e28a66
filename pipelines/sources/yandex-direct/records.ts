import { z } from 'zod';
import { scalar } from '../api/parse-page.ts';

export const clients = z.object({
    result: z.object({
        Clients: z.array(z.object({ Login: z.string(), Currency: z.string() })),
    }),
});

export const errorBody = z.object({
    error: z.object({
        error_code: scalar,
        error_string: z.string().default(''),
        error_detail: z.string().default(''),
    }),
});

/** What is asked for, in this order; the report names its columns. */
export const reportFields = [
    'Date',
    'CampaignId',
    'CampaignName',
    'Impressions',
    'Clicks',
    'Cost',
    'Conversions',
] as const;

export type ReportRow = Readonly<Record<(typeof reportFields)[number], string | null>>;

/** A report as the platform writes it, and whose it is, which the report does not say. */
export const page = z.object({
    login: z.string(),
    currency: z.string(),
    /** Tab-separated, with the names of the columns in the first line. */
    report: z.string(),
});

/** The last line of a report says how many rows stand above it, below the names of the columns. */
const summary = /^Total rows: (\d+)$/;

/** Whether a report has all the rows that it says it has. */
export function isWhole(report: string): boolean {
    const lines = report.trimEnd().split('\n');
    const [, rows] = summary.exec(lines.at(-1)?.trim() ?? '') ?? [];
    return rows !== undefined && Number(rows) === lines.length - 2;
}

/** The lines of a report with its rows. */
export function rowLines(report: string): readonly string[] {
    return report.trimEnd().split('\n').slice(1, -1);
}
