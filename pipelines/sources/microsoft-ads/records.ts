import { z } from 'zod';
import { csvRecordsOf } from '../../csv-records.ts';
import { maybe, scalar } from '../api/parse-page.ts';

export const accountAnswer = z.object({
    Account: maybe(
        z.object({ Id: scalar, CurrencyCode: maybe(z.string()), TimeZone: maybe(z.string()) }),
    ),
});

export const submitted = z.object({ ReportRequestId: scalar });

export const polled = z.object({
    ReportRequestStatus: maybe(
        z.object({ Status: z.string(), ReportDownloadUrl: maybe(z.string()) }),
    ),
});

const failures = z.array(
    z.object({
        Code: scalar.default(''),
        ErrorCode: maybe(z.string()),
        Message: maybe(z.string()),
    }),
);

/** What is wrong stands in one of three lists, by the service that found it. */
export const errorBody = z
    .object({
        Errors: maybe(failures),
        OperationErrors: maybe(failures),
        BatchErrors: maybe(failures),
    })
    .transform(({ Errors, OperationErrors, BatchErrors }) =>
        [Errors, OperationErrors, BatchErrors].flatMap((list) => list ?? []),
    );

/** What is asked for; the report names its columns. */
export const reportColumns = [
    'TimePeriod',
    'AccountId',
    'CampaignId',
    'CampaignName',
    'CurrencyCode',
    'Impressions',
    'Clicks',
    'Spend',
    'Conversions',
] as const;

export type ReportRow = Readonly<Record<(typeof reportColumns)[number], string>>;

/** A report as the platform writes it. One without rows has no file, and its text is empty. */
export const page = z.object({ report: z.string() });

/**
 * The rows of a report, without what may stand above the names of its columns, and below its rows.
 * @returns undefined when the columns are not there
 */
export function readReport(report: string): readonly ReportRow[] | undefined {
    if (report === '') return [];
    const records = [...csvRecordsOf(report, { delimiter: ',', quote: '"' })];
    const top = records.findIndex(({ fields }) => fields.includes('TimePeriod'));
    const names = records[top]?.fields ?? [];
    const places = reportColumns.map((column) => names.indexOf(column));
    if (places.includes(-1)) return undefined;
    return (
        records
            .slice(top + 1)
            // "@2026 Microsoft Corporation. All rights reserved. "
            .filter(({ fields }) => !(fields.length === 1 && fields[0]?.startsWith('@')))
            .map(({ fields }) => {
                const cells = places.map((place, at) => [reportColumns[at], fields[place] ?? '']);
                return Object.fromEntries(cells) as ReportRow;
            })
    );
}
