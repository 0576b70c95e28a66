import { readFileSync } from 'node:fs';
import type { RealExport } from './real-export.ts';

const base = { stream: 'payments', columns: 'paid_at, kind, net_amount, currency_code' };
const textOf = (name: string) => readFileSync(`test/fixtures/statements/${name}`, 'utf8');
/** Midnight in Bucharest, in winter. */
const winter = (day: string) => `${day} 22:00:00`;
const summer = (day: string) => `${day} 21:00:00`;

export const statementExports: readonly RealExport[] = [
    {
        ...base,
        layout: '1c-client-bank',
        variant: 'two accounts, a purpose of two lines',
        file: 'kl_to_1c.txt',
        text: textOf('kl_to_1c.txt'),
        rows: [[summer('2026-08-31'), 'payment', '53245.50', 'RUB']],
        leftOut: 2,
    },
    {
        ...base,
        layout: '1c-client-bank',
        variant: 'balances of each day, an account in dollars',
        file: 'statement.txt',
        text: textOf('usd_to_1c.txt'),
        rows: [
            [summer('2026-08-31'), 'payment', '8000.25', 'USD'],
            [summer('2026-09-01'), 'payment', '0.50', 'USD'],
            [summer('2026-09-01'), 'payment', '0.50', 'USD'],
        ],
    },
    {
        ...base,
        layout: 'camt-053',
        variant: 'version 2: a batch, a reversal, an entry that is pending',
        file: '2026-03.xml',
        text: textOf('camt053-02.xml'),
        rows: [
            [winter('2026-03-01'), 'payment', '36.00', 'EUR'],
            [winter('2026-03-01'), 'payment', '147.00', 'EUR'],
            [winter('2026-03-01'), 'refund', '-12.00', 'EUR'],
        ],
        leftOut: 2,
    },
    {
        ...base,
        layout: 'camt-053',
        variant: 'version 8: prefixes, returns by code and reason, under a name of text',
        file: 'camt.txt',
        text: textOf('camt053-08.xml'),
        rows: [
            [summer('2026-10-01'), 'payment', '100.50', 'CHF'],
            [summer('2026-10-01'), 'payment', '3360.00', 'CHF'],
            [summer('2026-10-01'), 'refund', '-10.00', 'CHF'],
            [summer('2026-10-02'), 'refund', '-60.00', 'CHF'],
        ],
        leftOut: 1,
    },
    {
        ...base,
        layout: 'mt940',
        variant: 'German sub-fields, two statements, a new year',
        file: 'umsaetze.sta',
        text: textOf('german.sta'),
        rows: [
            [winter('2026-01-01'), 'payment', '119.00', 'EUR'],
            [winter('2026-01-02'), 'refund', '-19.00', 'EUR'],
            [winter('2026-01-04'), 'refund', '-100.00', 'EUR'],
            [winter('2026-01-05'), 'payment', '10.00', 'EUR'],
            [winter('2026-01-05'), 'payment', '10.00', 'EUR'],
            [winter('2026-01-05'), 'payment', '75.50', 'EUR'],
        ],
        leftOut: 2,
    },
    {
        ...base,
        layout: 'mt940',
        variant: 'pages with headers of the network, plain text, under the name of a table',
        file: 'export.csv',
        text: textOf('pages.sta'),
        rows: [
            [winter('2026-02-27'), 'payment', '100.00', 'EUR'],
            [winter('2026-02-28'), 'payment', '0.50', 'EUR'],
        ],
    },
];
