import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, createTestCompany, csv, spendHeader, spendInput } from './company.ts';

interface Row {
    readonly account: string;
    readonly campaign: string;
    readonly day: number;
    readonly amount: number;
}

const amount = fc.integer({ min: 0, max: 3 });

/** Campaign c on every day, d on some: a file without any campaign of an earlier one is refused. */
const accountDay = fc
    .record({
        account: fc.constantFrom('a', 'b'),
        day: fc.integer({ min: 1, max: 8 }),
        c: amount,
        d: fc.option(amount, { nil: undefined }),
    })
    .map(({ account, day, c, d }): Row[] => [
        { account, day, campaign: 'c', amount: c },
        ...(d === undefined ? [] : [{ account, day, campaign: 'd', amount: d }]),
    ]);

/** A file holds a key once: conflicts inside a file have tests of their own. */
const file = fc
    .uniqueArray(accountDay, {
        selector: ([row]) => `${row?.account}|${row?.day}`,
        minLength: 1,
        maxLength: 6,
    })
    .map((days) => days.flat());

const files = fc.array(file, { minLength: 1, maxLength: 4 });

/** The policy written the slow way: every file in order replaces its window of each account. */
function fold(target: readonly Row[], list: readonly (readonly Row[])[]): Row[] {
    let rows = [...target];
    for (const one of list) {
        for (const account of ['a', 'b']) {
            const own = one.filter((row) => row.account === account);
            if (own.length === 0) continue;
            const from = Math.min(...own.map((row) => row.day));
            const to = Math.max(...own.map((row) => row.day));
            rows = rows.filter((row) => row.account !== account || row.day < from || row.day > to);
            rows.push(...own);
        }
    }
    return rows;
}

const text = (rows: readonly Row[]) =>
    csv(
        spendHeader,
        ...rows.map(
            (row) => `google,${row.account},${row.campaign},2026-01-0${row.day},${row.amount},EUR`,
        ),
    );

const sorted = (rows: readonly Row[]) =>
    rows.map((row) => `${row.account}|${row.campaign}|${row.day}|${row.amount}`).toSorted();

const readBack = `select account_id as account, campaign_id as campaign, day(spend_date) as day,
    cast(spend_amount as integer) as amount from raw_files.ad_spend`;

describe('laws of loading', () => {
    it('folds restated windows as if file after file had been loaded', async () => {
        await fc.assert(
            fc.asyncProperty(files, files, async (first, second) => {
                const company = createTestCompany();
                try {
                    company.configure([spendInput]);
                    first.forEach((rows, index) => {
                        company.write(`ads/${index}.csv`, text(rows));
                    });
                    countsOf(await company.load({ isConfirmed: true }));
                    expect(sorted(await company.query<Row>(readBack))).toEqual(
                        sorted(fold([], first)),
                    );

                    first.forEach((_, index) => {
                        company.remove(`ads/${index}.csv`);
                    });
                    second.forEach((rows, index) => {
                        company.write(`ads/later-${index}.csv`, text(rows));
                    });
                    countsOf(await company.load({ isConfirmed: true }));
                    const expected = sorted(fold(fold([], first), second));
                    expect(sorted(await company.query<Row>(readBack))).toEqual(expected);

                    // Read anew, the files alone decide.
                    countsOf(await company.load({ isFullRefresh: true }));
                    expect(sorted(await company.query<Row>(readBack))).toEqual(
                        sorted(fold([], second)),
                    );
                    const again = countsOf(await company.load({ isFullRefresh: true }));
                    expect(again).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
                } finally {
                    company.close();
                }
            }),
            { numRuns: 12 },
        );
    });

    it('merges to the same rows in any order of files, and again changes nothing', async () => {
        const lead = fc.record({
            id: fc.integer({ min: 1, max: 4 }),
            version: fc.integer({ min: 10, max: 28 }),
        });
        const leadFiles = fc.array(fc.array(lead, { minLength: 1, maxLength: 6 }), {
            minLength: 1,
            maxLength: 3,
        });
        const leadText = (list: readonly { id: number; version: number }[]) =>
            csv(
                'lead_id,created_at,channel,updated_at',
                ...list.map(({ id, version }) => `${id},2026-01-01,v${version},2026-01-${version}`),
            );
        const query = 'select lead_id, channel from raw_files.leads order by lead_id';
        const load = async (list: readonly (readonly { id: number; version: number }[])[]) => {
            const company = createTestCompany();
            try {
                company.configure([{ name: 'crm', stream: 'leads', files: ['l/*.csv'] }]);
                list.forEach((one, index) => {
                    company.write(`l/${index}.csv`, leadText(one));
                });
                const counts = countsOf(await company.load({ isConfirmed: true }));
                const rows = await company.query(query);
                const again = countsOf(await company.load({ isFullRefresh: true }));
                expect(again).toMatchObject({ inserted: 0, updated: 0 });
                expect(await company.query(query)).toEqual(rows);
                expect(counts.inserted).toBe(rows.length);
                return rows;
            } finally {
                company.close();
            }
        };
        await fc.assert(
            fc.asyncProperty(leadFiles, async (list) => {
                expect(await load(list)).toEqual(await load(list.toReversed()));
            }),
            { numRuns: 8 },
        );
    });
});
