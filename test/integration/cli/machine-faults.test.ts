import { execFileSync, spawnSync } from 'node:child_process';
import {
    closeSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    openSync,
    statSync,
    truncateSync,
    writeFileSync,
    writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statePaths } from '../../../pipelines/config.ts';
import { withLock } from '../../../pipelines/run/lock.ts';
import { openWarehouseForReading } from '../../../pipelines/warehouse/connection.ts';
import {
    countsOf,
    createTestCompany,
    csv,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
} from '../loading/company.ts';
import { runCli, startCli } from './start-cli.ts';

const cli = fileURLToPath(new URL('../../../pipelines/cli.ts', import.meta.url));
const rows = 20_000;
const headerBytes = 3 * 4096;
const blockBytes = 256 * 1024;

let company: TestCompany;

/** A company with one loaded file, and a second one that waits. */
beforeEach(async () => {
    company = createTestCompany();
    company.configure([spendInput]);
    company.write('ads/a.csv', csv(spendHeader, ...manyRows('2026-01-01')));
    await company.load();
    company.write('ads/b.csv', csv(spendHeader, ...manyRows('2026-01-02')));
});
afterEach(() => company.close());

const manyRows = (day: string) =>
    Array.from({ length: rows }, (_, at) => spend(day, `${at}.25`, `campaign-${at * 7919}`));

const stored = () =>
    company.query('select count(*) as n, sum(spend_amount) as amount from raw_files.ad_spend');

const sum = (files: number) => [
    { n: rows * files, amount: `${(rows - 1) * rows * 0.5 * files + rows * files * 0.25}.000000` },
];

/** That the machine is mended shows in a load; what the command prints of one is tested elsewhere. */
async function loadTheRest(): Promise<void> {
    expect(countsOf(await company.load())).toMatchObject({ inserted: rows });
    expect(await stored()).toEqual(sum(2));
}

/** What was injected, what it has to say, and how the run ends. */
interface Fault {
    readonly name: string;
    readonly inject: () => void | Promise<void>;
    readonly run?: () => Promise<{ code: number | null; stderr: string }>;
    readonly says: readonly RegExp[];
    readonly code: number;
    readonly mend: () => void;
}

const warehouse = () => company.warehousePath;
const copy = () => `${warehouse()}.copy`;

function overwrite(offset: number, bytes = 4096): void {
    copyFileSync(warehouse(), copy());
    const file = openSync(warehouse(), 'r+');
    writeSync(file, Buffer.alloc(bytes, 0xa5), 0, bytes, offset);
    closeSync(file);
}

/** Damages a block that is only met where rows are read. */
async function damageRows(): Promise<void> {
    for (let offset = headerBytes; offset < statSync(warehouse()).size; offset += blockBytes) {
        overwrite(offset);
        if (await isMetByRows()) return;
        restore();
    }
    throw new Error('no block holds rows');
}

async function isMetByRows(): Promise<boolean> {
    const opened = await openWarehouseForReading(warehouse()).catch(() => undefined);
    if (opened === undefined) return false;
    try {
        await opened.query('select sum(hash(campaign_id, spend_amount)) from raw_files.ad_spend');
        return false;
    } catch {
        return true;
    } finally {
        await opened.close();
    }
}

const restore = () => copyFileSync(copy(), warehouse());

/** Runs a load in a mount namespace of its own, in which `mount` changes what the disk is like. */
async function inMount(mount: string, more = ''): Promise<{ code: number | null; stderr: string }> {
    const options = `--config '${company.configPath}' --warehouse '${warehouse()}'`;
    const script = `${mount} && '${process.execPath}' '${cli}' load ${options}; code=$?; ${more} exit $code`;
    const { status, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script], {
        encoding: 'utf8',
    });
    return { code: status, stderr };
}

const canMount = (() => {
    try {
        execFileSync('unshare', ['-rm', 'true'], { stdio: 'ignore' });
        return true;
    } catch {
        return false;
    }
})();

const faults: readonly Fault[] = [
    {
        name: 'a damaged header of the warehouse',
        inject: () => overwrite(0),
        says: [
            /^Error: The warehouse .* cannot be opened\.\n {2}why: .*not a valid DuckDB database/,
            /fix: restore it from a copy, or move it away and run again/,
        ],
        code: 3,
        mend: restore,
    },
    {
        name: 'a damaged block of rows',
        inject: damageRows,
        says: [
            /Error: The warehouse (.* cannot be opened|is damaged)\.\n {2}why: .*Corrupt database file/,
            /fix: restore it from a copy, or move it away and run again/,
        ],
        code: 3,
        mend: restore,
    },
    {
        name: 'a warehouse that was cut off',
        inject: () => {
            copyFileSync(warehouse(), copy());
            truncateSync(warehouse(), 300_000);
        },
        says: [
            /Error: The warehouse .* cannot be opened\.\n {2}why: /,
            /fix: restore it from a copy/,
        ],
        code: 3,
        mend: restore,
    },
    {
        name: 'a file where a folder should be',
        inject: () => writeFileSync(join(company.directory, 'file'), ''),
        run: () =>
            runCli(
                { ...company, warehousePath: join(company.directory, 'file', 'w.duckdb') },
                'load',
            ),
        says: [
            /^Error: There can be no warehouse of this name\.\n {2}why: .*ENOTDIR/,
            /--warehouse FILE/,
        ],
        code: 2,
        mend: () => {},
    },
];

describe('a fault of the machine', () => {
    it.each(faults)(
        '$name says what to do, changes nothing, and is over when mended',
        async (fault) => {
            await fault.inject();
            const { code, stderr } = await (fault.run ?? (() => runCli(company, 'load')))();
            for (const sentence of fault.says) expect(stderr).toMatch(sentence);
            expect(stderr).not.toMatch(/a bug in jointly|^\s+at .*[:(]\d+:\d+/m);
            expect(code).toBe(fault.code);
            fault.mend();
            expect(await stored()).toEqual(sum(1));
            await loadTheRest();
        },
    );
});

describe.skipIf(!canMount)('a disk', () => {
    it('that is full keeps what was there, and the load goes through when there is room', async () => {
        const state = dirname(warehouse());
        const small = join(company.directory, 'small');
        mkdirSync(small);
        const size = Math.ceil((await companyBytes()) / 1024) + 100;
        const result = await inMount(
            `cp -r '${state}/.' '${small}' && mount -t tmpfs -o size=${size}k tmpfs '${state}' && cp -r '${small}/.' '${state}'`,
            `rm -r '${small}' && cp -r '${state}/.' '${company.directory}/after';`,
        );
        expect(result.stderr).toMatch(
            /Error: The disk is full\.\n {2}why: .*No space left on device/,
        );
        expect(result.stderr).toMatch(/fix: free space there/);
        expect(result.stderr).not.toMatch(/a bug in jointly/);
        expect(result.code).toBe(3);
        const after = join(company.directory, 'after');
        expect(existsSync(join(after, 'warehouse.duckdb'))).toBe(true);
        execFileSync('cp', ['-r', `${after}/.`, state]);
        expect(await stored()).toEqual(sum(1));
        await loadTheRest();
    });

    it('that may only be read is named', async () => {
        const state = dirname(warehouse());
        const result = await inMount(
            `mount --bind '${state}' '${state}' && mount -o remount,bind,ro '${state}'`,
        );
        expect(result.stderr).toMatch(
            /^Error: A file or folder cannot be written\.\n {2}why: .*[Rr]ead-only file system/,
        );
        expect(result.stderr).toMatch(/--warehouse FILE/);
        expect(result.code).toBe(2);
        expect(await stored()).toEqual(sum(1));
        await loadTheRest();
    });
});

async function companyBytes(): Promise<number> {
    const { stdout } = spawnSync('du', ['-sb', dirname(warehouse())], { encoding: 'utf8' });
    return Number(stdout.split('\t')[0]);
}

describe('doctor', () => {
    it('waits for its turn, and composes no rules while a run reads them', async () => {
        const paths = statePaths('test', warehouse());
        const { code, stderr } = await withLock(paths, 0, async () => {
            const { closed, out } = startCli(company, ['doctor']);
            const [exit] = await closed;
            return { code: exit, ...out };
        });
        expect(stderr).toMatch(/^Error: Another run is working on .*: process \d+ since/);
        expect(code).toBe(4);
        expect(existsSync(paths.seeds)).toBe(false);
        expect((await runCli(company, 'doctor')).code).toBe(0);
        expect(existsSync(paths.seeds)).toBe(true);
    });
});

describe('a killed publish', () => {
    it('leaves no pages and no data behind once anything is started', async () => {
        const paths = statePaths('test', warehouse());
        const left = ['site.draft-4711', 'site.old-4711'].map((name) =>
            join(dirname(paths.site), name),
        );
        for (const folder of [...left, paths.site]) {
            mkdirSync(folder, { recursive: true });
            writeFileSync(join(folder, 'index.html'), '1,234.56 EUR for Ana');
        }
        expect((await runCli(company, 'load')).code).toBe(0);
        expect(left.filter(existsSync)).toEqual([]);
        expect(existsSync(join(paths.site, 'index.html'))).toBe(true);
    });
});

describe('a folder with any name', () => {
    it.each(["O'Brien & Söhne 100%", 'two  blanks "and" {{ braces }}', 'ёж $HOME `x`'])(
        '%s holds a warehouse',
        async (name) => {
            const folder = join(company.directory, name);
            const own = { ...company, warehousePath: join(folder, "it's", 'w.duckdb') };
            expect((await runCli(own, 'load')).code).toBe(0);
            const { code, stdout } = await runCli(own, 'status', '--json');
            expect(code).toBe(0);
            const { streams } = JSON.parse(stdout);
            expect(
                streams.find(({ stream }: { stream: string }) => stream === 'ad_spend').row_count,
            ).toBe(2 * rows);
        },
    );

    it('is refused where dbt would take a part of it for the name of the database', async () => {
        const own = { ...company, warehousePath: join(company.directory, 'a#b', 'w.duckdb') };
        const { code, stderr } = await runCli(own, 'load');
        expect(stderr).toMatch(/A warehouse cannot be named .*a#b/);
        expect(code).toBe(2);
    });
});
