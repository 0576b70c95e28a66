import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAudiences } from '../../dashboards/building/audiences.ts';
import { EVERYONE } from '../../dashboards/components/audience.js';
import { type Serving, serveSite } from '../../pipelines/serving/serve.ts';
import { type User, writeUsers } from '../../pipelines/serving/users.ts';
import { gateOf } from '../serving/site.ts';
import { built } from './support/built.ts';
import { sample } from './support/companies.ts';

/** What somebody is paid, in every way a file can hold a number. */
interface Payee {
    readonly name: string;
    readonly amounts: readonly Buffer[];
}

let payees: readonly Payee[];
let payColumns: readonly string[];
let columnsOf: ReadonlyMap<string, ReadonlySet<string>>;

/** Columns that say nothing of pay: pages and components name them, and a library has them by chance. */
const plainColumns = [
    'close_text',
    'department_id',
    'department_label',
    'is_valid',
    'value_format',
];

const { tables } = readAudiences();
const payTables = Object.keys(tables).filter((table) => !(EVERYONE in (tables[table] ?? {})));

beforeAll(async () => {
    await built(sample);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const parquet = (part: string) =>
        globSync(`${part}/**/*.parquet`, { cwd: sample.site, absolute: true });
    const found = new Map<string, ReadonlySet<string>>();
    for (const file of parquet('*')) {
        const rows = await connection.runAndReadAll(`describe select * from '${file}'`);
        found.set(file, new Set(rows.getRows().map(([name]) => String(name))));
    }
    columnsOf = found;
    const shared = new Set(parquet(EVERYONE).flatMap((file) => [...(found.get(file) ?? [])]));
    const all = new Set([...found.values()].flatMap((names) => [...names]));
    payColumns = [...all].filter((name) => !shared.has(name) && !plainColumns.includes(name));
    payees = await readPayees();

    async function readPayees(): Promise<readonly Payee[]> {
        const [file = ''] = parquet('finance').filter((one) => one.includes('rpt_payouts.'));
        const { columnNames, rows } = await read(
            `select * from '${file}' where row_type = 'payee'`,
        );
        const amountColumns = columnNames.filter((name) => name.endsWith('_amount'));
        const amounts = new Map<string, Set<number>>();
        for (const row of rows) {
            const name = String(row.row_label);
            const own = amounts.get(name) ?? new Set();
            for (const column of amountColumns) own.add(Math.abs(Number(row[column])));
            amounts.set(name, own);
        }
        return [...amounts].map(([name, own]) => ({
            name,
            // Whole numbers stand beside names everywhere: leads, deals, days.
            amounts: [...own].filter((one) => one % 1 !== 0).flatMap(written),
        }));
    }

    async function read(sql: string) {
        const result = await connection.runAndReadAll(sql);
        return { columnNames: result.columnNames(), rows: result.getRowObjectsJson() };
    }
});

/** As text, as text for people, and as the eight bytes of data files. */
function written(amount: number): readonly Buffer[] {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(amount);
    const shown = amount.toLocaleString('en-US', { minimumFractionDigits: 2 });
    return [bytes, Buffer.from(amount.toFixed(2)), Buffer.from(shown)];
}

/** Every file of some parts of the site, Parquet as the JSON of its rows. */
async function* contents(parts: string): AsyncGenerator<readonly [string, Buffer]> {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const path of globSync(`${parts}/**`, { cwd: sample.site, dot: true })) {
        const file = join(sample.site, path);
        if (/\.(br|gz)$/.test(path)) continue;
        const content = readFileSync(file);
        yield [path, content];
        if (!path.endsWith('.parquet')) continue;
        const rows = await connection.runAndReadAll(`from '${file}'`);
        yield [path, Buffer.from(JSON.stringify(rows.getRowObjectsJson()))];
    }
}

async function namesBesideAmounts(parts: string): Promise<readonly string[]> {
    const found = new Set<string>();
    for await (const [path, content] of contents(parts)) {
        const named = payees.filter(({ name }) => content.includes(name));
        for (const { name, amounts } of named) {
            if (amounts.some((amount) => content.includes(amount))) found.add(`${path}: ${name}`);
        }
    }
    return [...found].toSorted();
}

describe('the part of the site that everyone reads', () => {
    test('has no byte of the name of a table or column of pay', async () => {
        expect(payTables).toContain('rpt_payouts');
        expect(payColumns).toContain('payable_amount');
        // A single word is one of a library, too.
        const names = [...payTables, ...payColumns.filter((name) => name.includes('_'))];
        const pattern = new RegExp(`\\b(${names.join('|')})\\b`, 'g');
        const found: string[] = [];
        for await (const [path, content] of contents(EVERYONE)) {
            const words = new Set(content.toString('latin1').match(pattern) ?? []);
            found.push(...[...words].map((word) => `${path}: ${word}`));
        }
        expect(found).toEqual([]);
    });

    test('has no name of a payee beside an amount they are paid, and the others have', async () => {
        expect(payees).toHaveLength(8);
        expect(await namesBesideAmounts('finance')).not.toEqual([]);
        expect(await namesBesideAmounts('payee-*')).not.toEqual([]);
        expect(await namesBesideAmounts(EVERYONE)).toEqual([]);
    });

    test('has every compressed file beside the file itself', () => {
        const files = new Set(globSync(`${EVERYONE}/**`, { cwd: sample.site, dot: true }));
        const alone = [...files].filter(
            (file) => /\.(br|gz)$/.test(file) && !files.has(file.replace(/\.(br|gz)$/, '')),
        );
        expect(alone).toEqual([]);
    });
});

describe('the part of a payee', () => {
    test('names a colleague of a shared deal, and never beside what that one is paid', async () => {
        expect(columnsOf.size).toBeGreaterThan(0);
        const { owners } = JSON.parse(readFileSync(join(sample.site, 'readers.json'), 'utf8'));
        const people = owners.filter((one: { audience: string }) => one.audience === 'payee');
        expect(people).toHaveLength(8);
        for (const { part, name } of people) {
            const found = await namesBesideAmounts(part);
            expect(found.filter((one) => !one.endsWith(`: ${name}`))).toEqual([]);
            expect(found, part).not.toEqual([]);
        }
    });
});

describe('of every file of every part of a real site', () => {
    const people: readonly User[] = [
        { name: 'irina', groups: ['finance'] },
        { name: 'lead', groups: ['lead:marketing'] },
        { name: 'payee', groups: [], payee: 'ana' },
        { name: 'guest', groups: [] },
    ];
    /** Which parts the readers get; of statements, those of people whose latest plan is in the department. */
    const readers: readonly (readonly [string, Record<string, string>, RegExp])[] = [
        ['nobody', {}, /^$/],
        ['a stranger', { 'x-user': 'mallory' }, /^$/],
        ['somebody who forges another header', { 'x-forwarded-user': 'irina' }, /^$/],
        ['a guest', { 'x-user': 'guest' }, /^everyone$/],
        ['a payee', { 'x-user': 'payee' }, /^(everyone|code|payee-ana)$/],
        [
            'a lead',
            { 'x-user': 'lead' },
            /^(everyone|code|department-marketing|payee-(ana|irina|mara|radu))$/,
        ],
        ['finance', { 'x-user': 'irina' }, /./],
    ];

    let directory: string;
    let serving: Serving;
    beforeAll(async () => {
        directory = mkdtempSync(join(tmpdir(), 'jointly-readers-'));
        const usersFile = join(directory, 'users.json');
        writeUsers(usersFile, people);
        symlinkSync(sample.site, join(directory, 'site'));
        const settings = { identity_header: 'x-user', proxies: ['127.0.0.1'] };
        const gate = gateOf(settings, { usersFile });
        serving = await serveSite(join(directory, 'site'), 0, { gate });
    });
    afterAll(async () => {
        await serving.close();
        rmSync(directory, { recursive: true, force: true });
    });

    test.each(readers)('%s gets those of their parts, and no other', async (_, headers, parts) => {
        const files = globSync('*/**', { cwd: sample.site, dot: true })
            .map((file) => file.replaceAll('\\', '/'))
            .filter((file) => !/\.(br|gz)$/.test(file));
        const owned = new Map<string, Set<string>>();
        for (const file of files) {
            const [part = '', ...path] = file.split('/');
            owned.set(path.join('/'), (owned.get(path.join('/')) ?? new Set()).add(part));
        }
        const wrong: string[] = [];
        const get = async (path: string) => {
            const response = await fetch(`${serving.url}${encodeURI(path)}`, {
                method: 'HEAD',
                headers,
            });
            const isTheirs = [...(owned.get(path) ?? [])].some((part) => parts.test(part));
            if ((response.status === 200) !== isTheirs) wrong.push(`${response.status} ${path}`);
        };
        const paths = [...owned.keys()];
        expect(paths.length).toBeGreaterThan(300);
        for (let at = 0; at < paths.length; at += 25) {
            await Promise.all(paths.slice(at, at + 25).map(get));
        }
        expect(wrong).toEqual([]);
    });
});
