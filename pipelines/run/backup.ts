import { createHash } from 'node:crypto';
import {
    createReadStream,
    createWriteStream,
    existsSync,
    mkdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Config, StatePaths } from '../config.ts';
import { folderDisk } from '../disk.ts';
import { ConfigError, ContractError } from '../errors.ts';
import { filesOfJournal, readJournal } from '../export/conversions/journal.ts';
import { filesOf, readLedger } from '../finance/ledger.ts';

const listName = 'backup.json';
const warehouseName = 'warehouse.duckdb';
const ledgerName = 'ledger';
const conversionsName = 'conversions';
const backupSchema = z.strictObject({
    /** One of version 1 holds no conversions, and says nothing of them. */
    schema_version: z.literal([1, 2]),
    company: z.string(),
    at: z.iso.datetime(),
    /** Hash of the last entry of the ledger. */
    head: z.string(),
    files: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
});

type Backup = z.output<typeof backupSchema>;

/** A folder that holds what cannot be computed again. */
interface Kept {
    /** Its name in a backup. */
    readonly name: string;
    readonly path: string;
    /** Names of its files. @throws ContractError for one that was changed */
    readonly files: () => readonly string[];
    /** How many records a folder holds of what was done. @throws ContractError for one that was changed */
    readonly count: (path: string) => number;
    /** Names of records, whole or not. */
    readonly record: RegExp;
    /** What an older backup would lose. */
    readonly lost: string;
}

function keptFolders(config: Config): readonly Kept[] {
    const { ledger, conversions } = config;
    return [
        {
            name: ledgerName,
            path: ledger,
            files: () => readLedger(folderDisk(ledger)).entries.flatMap(filesOf),
            count: (path) => readLedger(folderDisk(path)).entries.length,
            record: /^\d.*\.json$/,
            lost: 'signed months would be lost',
        },
        {
            name: conversionsName,
            path: conversions.folder,
            files: () => filesOfJournal(folderDisk(conversions.folder)),
            count: (path) => readJournal(folderDisk(path)).exports.length,
            record: /^\d+-[a-z]+\.json$/,
            lost: 'ad platforms would be told again what they know',
        },
    ];
}

/**
 * Copies into a new folder what belongs together: the ledger, what ad platforms were told, and the
 * warehouse both came from.
 * @throws ContractError for a record that was changed, ConfigError for a folder that is there
 */
export async function writeBackup(
    config: Config,
    paths: StatePaths,
    folder: string,
    at: string,
): Promise<Backup> {
    const kept = keptFolders(config);
    const { head } = readLedger(folderDisk(config.ledger));
    const sources = new Map(
        kept.flatMap(({ name, path, files }) =>
            files().map((file) => [join(name, file), join(path, file)] as const),
        ),
    );
    if (existsSync(paths.warehouse)) sources.set(warehouseName, paths.warehouse);
    if (existsSync(folder)) {
        throw new ConfigError({
            what: `${folder} is there already.`,
            fix: 'give a new folder for each backup, for example one named after the day',
        });
    }
    const partial = `${folder}.${process.pid}.partial`;
    try {
        mkdirSync(partial, { recursive: true, mode: 0o700 });
        const files: Backup['files'] = [];
        for (const [name, source] of sources) {
            const target = join(partial, name);
            mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
            files.push({ name, sha256: await copyFile(source, target) });
        }
        const backup: Backup = { schema_version: 2, company: config.company.id, at, head, files };
        const text = `${JSON.stringify(backup, null, 4)}\n`;
        writeFileSync(join(partial, listName), text, { mode: 0o600, flush: true });
        renameSync(partial, folder);
        return backup;
    } finally {
        rmSync(partial, { recursive: true, force: true });
    }
}

/**
 * Puts what a backup holds in the place of what is there. The folders it replaces are kept beside.
 * @throws ContractError for a backup that was changed, ConfigError where it would forget what was signed
 * or what ad platforms were told
 */
export async function restoreBackup(
    config: Config,
    paths: StatePaths,
    folder: string,
    at: string,
): Promise<{ readonly backup: Backup; readonly replaced: readonly string[] }> {
    const backup = readList(folder);
    if (backup.company !== config.company.id) {
        throw new ConfigError({
            what: `${folder} is a backup of another company.`,
            file: join(folder, listName),
            expected: config.company.id,
            got: backup.company,
            fix: 'give the config of that company with --config',
        });
    }
    // Half a backup is not one that is older.
    for (const { name } of backup.files) assertIsThere(join(folder, name));
    const known = keptFolders(config).filter(
        ({ name }) => backup.schema_version > 1 || name === ledgerName,
    );
    for (const one of known) assertKeepsRecords(one, join(folder, one.name), folder);
    const kept = known.filter(({ name }) => existsSync(join(folder, name)));
    const suffix = `${process.pid}.partial`;
    const warehouse = `${paths.warehouse}.${suffix}`;
    mkdirSync(dirname(warehouse), { recursive: true });
    try {
        for (const { path } of kept) {
            mkdirSync(`${path}.${suffix}`, { recursive: true, mode: 0o700 });
        }
        for (const { name, sha256 } of backup.files) {
            const target = name === warehouseName ? warehouse : targetOf(name, kept, suffix);
            if (target === undefined) throw changed(join(folder, listName), 'its files', name);
            const found = await copyFile(join(folder, name), target);
            if (found !== sha256) throw changed(join(folder, name), sha256, found);
        }
        const replaced: string[] = [];
        for (const { path } of kept) {
            if (existsSync(path)) {
                const beside = `${path}.before-${at.replaceAll(/[:.]/g, '')}`;
                renameSync(path, beside);
                replaced.push(beside);
            }
            renameSync(`${path}.${suffix}`, path);
        }
        if (existsSync(warehouse)) {
            // What the engine had not yet put into the old file is no part of the new one.
            rmSync(`${paths.warehouse}.wal`, { force: true });
            renameSync(warehouse, paths.warehouse);
        }
        return { backup, replaced };
    } finally {
        for (const { path } of kept) rmSync(`${path}.${suffix}`, { recursive: true, force: true });
        rmSync(warehouse, { force: true });
    }
}

/** Where a file of a folder goes first; undefined for one that no backup holds. */
function targetOf(file: string, kept: readonly Kept[], suffix: string): string | undefined {
    const [, folder, name = ''] = /^([^/\\]+)[/\\]([^/\\]+)$/.exec(file) ?? [];
    const own = kept.find((one) => one.name === folder);
    return own && join(`${own.path}.${suffix}`, name);
}

function readList(folder: string): Backup {
    const file = join(folder, listName);
    if (!existsSync(file)) {
        throw new ConfigError({
            what: `${folder} is no backup: it has no ${listName}.`,
            fix: 'give a folder that npx jointly close backup has written',
        });
    }
    try {
        return backupSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
        throw new ContractError({
            what: `${file} cannot be read.`,
            why: cause instanceof Error ? cause.message : String(cause),
            fix: 'take another backup',
            cause,
        });
    }
}

/** A folder that was damaged may be replaced; one that knows more than the backup may not. */
function assertKeepsRecords(
    { path, record, count, lost }: Kept,
    kept: string,
    folder: string,
): void {
    const known = count(kept);
    const records = folderDisk(path)
        .list()
        .filter((name) => record.test(name));
    const found = records.length;
    if (found <= known) {
        const other = isWhole(() => count(path))
            ? records.find((name) => !isSameFile(join(path, name), join(kept, name)))
            : undefined;
        if (other === undefined) return;
        throw new ConfigError({
            what: `The backup went another way than ${path}: ${lost}.`,
            file: join(path, other),
            expected: `the record of ${folder}`,
            got: 'another one',
            fix: 'find out which of the two was paid from; to take the backup, move the folder away and keep it',
        });
    }
    throw new ConfigError({
        what: `The backup is older than ${path}: ${lost}.`,
        file: path,
        expected: `at most ${known} records, as in ${folder}`,
        got: `${found} records`,
        fix: 'take a later backup, or move the newer files away and keep them',
    });
}

/** Whether a folder can be read; one that was damaged cannot. */
function isWhole(read: () => unknown): boolean {
    try {
        read();
        return true;
    } catch (error) {
        if (error instanceof ContractError) return false;
        throw error;
    }
}

const isSameFile = (one: string, other: string) =>
    existsSync(other) && readFileSync(one).equals(readFileSync(other));

/** Copies a file, flushed and for its owner alone, and returns the SHA-256 of what was copied. */
async function copyFile(from: string, to: string): Promise<string> {
    assertIsThere(from);
    const hash = createHash('sha256');
    const tap = new Transform({
        transform(chunk, _, next) {
            hash.update(chunk);
            next(null, chunk);
        },
    });
    const target = createWriteStream(to, { mode: 0o600, flush: true });
    await pipeline(createReadStream(from), tap, target);
    return hash.digest('hex');
}

function assertIsThere(file: string): void {
    if (statSync(file, { throwIfNoEntry: false }) === undefined)
        throw changed(file, 'a file', 'none');
}

function changed(file: string, expected: string, got: string): ContractError {
    return new ContractError({
        what: 'A file of the backup is not as it was written.',
        file,
        expected,
        got,
        fix: 'take another backup; nothing was changed',
    });
}
