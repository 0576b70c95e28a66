import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readConfig } from '../../../pipelines/config.ts';
import { sqlName } from '../../../pipelines/contracts/batch.ts';
import { streams } from '../../../pipelines/contracts/registry.ts';
import { extractAndLoad } from '../../../pipelines/run/extract-load.ts';
import { copyKnown, findKnown } from '../../../pipelines/warehouse/as-of.ts';
import { openWarehouse, type Warehouse } from '../../../pipelines/warehouse/connection.ts';
import { createTestCompany, csv, spendHeader, spendInput, type TestInput } from './company.ts';

/** One export of a system: the stream and the lines of its file. */
interface Export {
    readonly stream: 'leads' | 'deals' | 'ad_spend' | 'merges';
    readonly text: string;
}

const day = fc.integer({ min: 1, max: 9 });
const id = fc.integer({ min: 1, max: 5 });
const few = { minLength: 1, maxLength: 4 };

/** Leads come in parts; some are marked as deleted or merged, and some rows are broken. */
const leads = fc
    .array(
        fc.record({
            id,
            day,
            channel: fc.constantFrom('google_ads', 'fair', ''),
            isDeleted: fc.boolean(),
            into: fc.option(id, { nil: '' }),
            isBroken: fc.integer({ min: 0, max: 5 }).map((one) => one === 0),
        }),
        few,
    )
    .map((rows): Export => {
        const lines = rows.map(
            (row) =>
                `${row.id},${row.isBroken ? 'soon' : '2026-01-01'},${row.channel},2026-02-0${row.day},` +
                `${row.isDeleted},${row.into}`,
        );
        const header = 'lead_id,created_at,channel,updated_at,is_deleted,merged_into';
        return { stream: 'leads', text: csv(header, ...lines) };
    });

/** The export of deals holds everything, so each replaces the one before it. */
const deals = fc
    .uniqueArray(fc.record({ id, day, amount: fc.integer({ min: 1, max: 99 }) }), {
        ...few,
        selector: (row) => row.id,
    })
    .map((rows): Export => {
        const lines = rows.map((row) => `${row.id},open,${row.amount},2026-02-0${row.day}`);
        return { stream: 'deals', text: csv('deal_id,status,amount,updated_at', ...lines) };
    });

/** Ads restate a few days; campaign c is in all of them, d in some. */
const ads = fc
    .uniqueArray(fc.record({ day, c: fc.nat(9), d: fc.option(fc.nat(9)) }), {
        ...few,
        selector: (row) => row.day,
    })
    .map((rows): Export => {
        const line = (campaign: string, one: number, amount: number) =>
            `google_ads,a,${campaign},2026-01-0${one},${amount},EUR`;
        const lines = rows.flatMap((row) => [
            line('c', row.day, row.c),
            ...(row.d === null ? [] : [line('d', row.day, row.d)]),
        ]);
        return { stream: 'ad_spend', text: csv(spendHeader, ...lines) };
    });

const merges = fc
    .array(fc.record({ type: fc.constantFrom('lead', 'client'), lost: id, left: id, day }), few)
    .map((rows): Export => {
        const lines = rows.map((row) => `${row.type},${row.lost},${row.left},2026-03-0${row.day}`);
        return {
            stream: 'merges',
            text: csv('record_type,merged_id,survivor_id,merged_at', ...lines),
        };
    });

const inputs: Record<Export['stream'], Omit<TestInput, 'files'>> = {
    leads: { name: 'crm', stream: 'leads' },
    deals: { name: 'deals', stream: 'deals', complete: true },
    ad_spend: { name: spendInput.name, stream: 'ad_spend' },
    merges: { name: 'log', stream: 'merges' },
};

it('what was known at an instant is what a fresh load of the exports of then knows', async () => {
    const steps = fc.array(fc.array(fc.oneof(leads, deals, ads, merges), few), {
        minLength: 2,
        maxLength: 4,
    });
    await fc.assert(
        fc.asyncProperty(steps, async (written) => {
            const company = createTestCompany();
            try {
                const files: Record<string, string[]> = {};
                const load = async (warehouse: Warehouse, until: number) => {
                    company.configure(
                        Object.entries(inputs).flatMap(([stream, input]) => {
                            const own = (files[stream] ?? []).filter(
                                (name) => Number(name.split('/')[1]?.split('-')[0]) <= until,
                            );
                            return own.length === 0 ? [] : [{ ...input, files: own } as TestInput];
                        }),
                        { max_reject_share: 1 },
                    );
                    const config = await readConfig(company.configPath);
                    for (const one of await extractAndLoad(warehouse, config, {
                        isFullRefresh: false,
                        isConfirmed: true,
                        onStream: () => {},
                    })) {
                        if (one.status === 'failed') throw one.error;
                    }
                };
                const instants: string[] = [];
                const live = await openWarehouse(company.warehousePath);
                for (const [step, exports] of written.entries()) {
                    for (const [index, { stream, text }] of exports.entries()) {
                        const name = `${stream}/${step}-${index}.csv`;
                        company.write(name, text);
                        files[stream] = [...(files[stream] ?? []), name];
                    }
                    await load(live, step);
                    const [last] = await live.query<{ at: string }>(
                        `select strftime(max(finished_at), '%Y-%m-%dT%H:%M:%S.%fZ') as at from jointly.loads`,
                    );
                    instants.push(last?.at ?? '');
                }
                const known = [];
                for (const instant of instants) known.push(await findKnown(live, instant, 'UTC'));
                await live.close();
                for (const [step, one] of known.entries()) {
                    const path = join(company.directory, `${randomUUID()}.duckdb`);
                    await copyKnown(company.warehousePath, path, one);
                    const then = await openWarehouse(path);
                    const fresh = await openWarehouse(
                        join(company.directory, `${randomUUID()}.duckdb`),
                    );
                    await load(fresh, step);
                    expect(await hashes(then)).toEqual(await hashes(fresh));
                    await then.close();
                    await fresh.close();
                }
            } finally {
                company.close();
            }
        }),
        { numRuns: 8 },
    );
});

/** Of each stream a hash of its rows, and of all what the loads kept book of. */
async function hashes(warehouse: Warehouse) {
    const tables = streams.map(
        ({ name, columns }) => `
            select '${name}' as name, to_json(one) as row
            from (select ${columns.map((column) => sqlName(column.name)).join(', ')} from raw_files.${name}) as one`,
    );
    const book = `
        select 'rejects' as name, to_json(one) as row
        from (select * exclude (load_id) from jointly.rejects) as one
        union all
        select 'state' as name, to_json(one) as row from (
            select stream, is_connected, row_count, first_event_at, last_event_at, observed_until
            from jointly.stream_state where is_connected
        ) as one`;
    return warehouse.query(`
        select name, count(*) as rows,
            md5(string_agg(cast(row as varchar), chr(10) order by cast(row as varchar))) as hash
        from (${[...tables, book].join(' union all ')})
        group by name order by name`);
}
