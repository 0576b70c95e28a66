import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Config, statePaths } from '../../pipelines/config.ts';
import { folderDisk } from '../../pipelines/disk.ts';
import type { ConversionLine } from '../../pipelines/export/conversions/conversion.ts';
import { appendExport, readJournal } from '../../pipelines/export/conversions/journal.ts';
import { reopenPeriod, signPeriod } from '../../pipelines/finance/close.ts';
import { readLedger } from '../../pipelines/finance/ledger.ts';
import { restoreBackup, writeBackup } from '../../pipelines/run/backup.ts';
import { actor, payOf, question, statement, words } from '../finance/pay.ts';

let home: string;
let config: Config;
let paths: ReturnType<typeof statePaths>;
const at = '2026-11-02T08:00:00.000Z';
beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'jointly-backup-'));
    config = {
        company: { id: 'acme' },
        ledger: join(home, 'ledger'),
        conversions: { folder: join(home, 'conversions') },
    } as Config;
    paths = statePaths('acme', join(home, 'warehouse.duckdb'));
    sign();
    writeFileSync(paths.warehouse, 'marts of October');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function sign(amount = '2040.00') {
    const disk = folderDisk(config.ledger);
    const pay = payOf(statement('boris', '2026-09', [amount]));
    return signPeriod(disk, question('2026-09', readLedger(disk), pay), words, actor);
}
const backup = () => writeBackup(config, paths, join(home, 'backup'), at);
const restore = () => restoreBackup(config, paths, join(home, 'backup'), at);
const filesIn = (folder: string) =>
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
const ledgerFiles = () => filesIn(config.ledger);
const toldFiles = () => filesIn(config.conversions.folder);

/** An ad platform is told of one more deal. */
function tell(dealId: string) {
    const disk = folderDisk(config.conversions.folder);
    const told: ConversionLine = {
        action: 'conversion',
        milestone: 'closed',
        dealId,
        orderId: `${dealId}-closed`,
        name: 'Signed',
        click: { name: 'gclid', value: 'x', at },
        reachedAt: at,
        value: '10.00',
        currency: 'EUR',
    };
    appendExport(disk, readJournal(disk), {
        platform: 'google',
        at,
        told: [told],
        files: [{ name: 'new', ending: 'csv', text: dealId }],
    });
}

it.skipIf(process.platform === 'win32')('a ledger and its backup are private', async () => {
    await backup();
    const modes = (folder: string) =>
        readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o077);
    for (const folder of [config.ledger, join(home, 'backup', 'ledger')]) {
        expect(modes(folder)).toEqual([0, 0]);
        expect(statSync(folder).mode & 0o077).toBe(0);
    }
});

describe('a backup', () => {
    it('brings ledger and warehouse back as they were, after both are gone', async () => {
        const before = ledgerFiles();
        await backup();
        rmSync(config.ledger, { recursive: true });
        rmSync(paths.warehouse);
        expect((await restore()).replaced).toEqual([]);
        expect(ledgerFiles()).toEqual(before);
        expect(readFileSync(paths.warehouse, 'utf8')).toBe('marts of October');
        expect(readdirSync(home).toSorted()).toEqual(['backup', 'ledger', 'warehouse.duckdb']);
    });

    it('mends a ledger that was changed, and keeps the changed one beside it', async () => {
        const before = ledgerFiles();
        await backup();
        const file = join(config.ledger, '0001-2026-09-signed.ndjson');
        writeFileSync(file, readFileSync(file, 'utf8').replace('2040.00', '9040.00'));
        await expect(writeBackup(config, paths, join(home, 'next'), at)).rejects.toThrow(
            '0001-2026-09-signed.ndjson, line 1',
        );
        expect(existsSync(join(home, 'next'))).toBe(false);
        const [replaced = ''] = (await restore()).replaced;
        expect(ledgerFiles()).toEqual(before);
        expect(readFileSync(join(replaced, '0001-2026-09-signed.ndjson'), 'utf8')).toContain(
            '9040',
        );
    });

    it('never takes the place of a ledger that knows more', async () => {
        await backup();
        reopenPeriod(folderDisk(config.ledger), '2026-09', 'typo', actor);
        const before = ledgerFiles();
        await expect(restore()).rejects.toThrow('signed months would be lost');
        expect(ledgerFiles()).toEqual(before);
    });

    it('never takes the place of a ledger of the same length that signed something else', async () => {
        await backup();
        rmSync(config.ledger, { recursive: true });
        sign('2100.00');
        const before = ledgerFiles();
        await expect(restore()).rejects.toThrow('went another way');
        expect(ledgerFiles()).toEqual(before);
        const manifest = join(config.ledger, '0001-2026-09-signed.json');
        writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('2100.00', '9100.00'));
        await expect(restore()).resolves.toMatchObject({ replaced: [expect.any(String)] });
    });

    it.each(['ledger/0001-2026-09-signed.json', 'warehouse.duckdb'])(
        'is not restored with another %s, and then nothing is changed',
        async (name) => {
            await backup();
            const file = join(home, 'backup', name);
            writeFileSync(file, `${readFileSync(file, 'utf8')} `);
            writeFileSync(paths.warehouse, 'marts of November');
            const before = ledgerFiles();
            await expect(restore()).rejects.toThrow(file);
            expect(ledgerFiles()).toEqual(before);
            expect(readFileSync(paths.warehouse, 'utf8')).toBe('marts of November');
            expect(readdirSync(home).filter((one) => one.includes('partial'))).toEqual([]);
        },
    );

    it.each(['ledger', 'ledger/0001-2026-09-signed.json', 'warehouse.duckdb'])(
        'without its %s is half a one, whatever the ledger holds',
        async (name) => {
            await backup();
            rmSync(join(home, 'backup', name), { recursive: true });
            reopenPeriod(folderDisk(config.ledger), '2026-09', 'typo', actor);
            const before = ledgerFiles();
            await expect(restore()).rejects.toThrow('not as it was written');
            expect(ledgerFiles()).toEqual(before);
        },
    );

    it('holds what ad platforms were told, and the uploads that nobody has deleted', async () => {
        tell('1');
        tell('2');
        rmSync(join(config.conversions.folder, '0001-google-new.csv'));
        const before = toldFiles();
        await backup();
        rmSync(config.conversions.folder, { recursive: true });
        await restore();
        expect(toldFiles()).toEqual(before);
        expect(before.map(([name]) => name)).toContain('0002-google-new.csv');
        expect(readJournal(folderDisk(config.conversions.folder)).exports).toHaveLength(2);
    });

    it('never forgets what platforms were told since, or that they were told at all', async () => {
        await backup();
        tell('1');
        const before = toldFiles();
        await expect(restore()).rejects.toThrow('told again what they know');
        expect(toldFiles()).toEqual(before);
    });

    it('is not written while a record of an export is not as it was written', async () => {
        tell('1');
        const file = join(config.conversions.folder, '0001-google.ndjson');
        writeFileSync(file, readFileSync(file, 'utf8').replace('10.00', '90.00'));
        await expect(backup()).rejects.toThrow('0001-google.ndjson');
        expect(existsSync(join(home, 'backup'))).toBe(false);
    });

    it('of an earlier version leaves what platforms were told alone', async () => {
        await backup();
        const list = join(home, 'backup', 'backup.json');
        writeFileSync(
            list,
            readFileSync(list, 'utf8').replace('"schema_version": 2', '"schema_version": 1'),
        );
        tell('1');
        const before = toldFiles();
        await restore();
        expect(toldFiles()).toEqual(before);
    });

    it('goes to a new folder only, and is of one company', async () => {
        mkdirSync(join(home, 'backup'));
        await expect(backup()).rejects.toThrow('is there already');
        rmSync(join(home, 'backup'), { recursive: true });
        await backup();
        config = { ...config, company: { ...config.company, id: 'other' } };
        await expect(restore()).rejects.toThrow('another company');
    });
});
