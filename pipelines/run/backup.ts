import { createHash } from 'node:crypto';
import {
    createReadStream,
    createWriteStream,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Config, StatePaths } from '../config.ts';
import { folderDisk } from '../disk.ts';
import { ConfigError, ContractError } from '../errors.ts';
import { filesOf, type Ledger, readLedger } from '../finance/ledger.ts';

const listName = 'backup.json';
const warehouseName = 'warehouse.duckdb';
const ledgerName = 'ledger';
const backupSchema = z.strictObject({
    schema_version: z.literal(1),
    company: z.string(),
    at: z.iso.datetime(),
    /** Hash of the last entry of the ledger. */
    head: z.string(),
    files: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
});

type Backup = z.output<typeof backupSchema>;

/**
 * Copies the ledger and the warehouse it was signed from into a new folder, as a pair.
 * @throws ContractError for a ledger that was changed, ConfigError for a folder that is there
 */
export async function writeBackup(
    config: Config,
    paths: StatePaths,
    folder: string,
    at: string,
): Promise<Backup> {
    const ledger = readLedger(folderDisk(config.ledger));
    if (existsSync(folder)) {
        throw new ConfigError({
            what: `${folder} is there already.`,
            fix: 'give a new folder for each backup, for example one named after the day',
        });
    }
    const partial = `${folder}.${process.pid}.partial`;
    mkdirSync(join(partial, ledgerName), { recursive: true, mode: 0o700 });
    try {
        const sources = new Map(
            ledger.entries
                .flatMap(filesOf)
                .map((name) => [join(ledgerName, name), join(config.ledger, name)]),
        );
        if (existsSync(paths.warehouse)) sources.set(warehouseName, paths.warehouse);
        const files: Backup['files'] = [];
        for (const [name, source] of sources) {
            files.push({ name, sha256: await copyFile(source, join(partial, name)) });
        }
        const backup: Backup = {
            schema_version: 1,
            company: config.company.id,
            at,
            head: ledger.head,
            files,
        };
        const text = `${JSON.stringify(backup, null, 4)}\n`;
        writeFileSync(join(partial, listName), text, { mode: 0o600, flush: true });
        renameSync(partial, folder);
        return backup;
    } finally {
        rmSync(partial, { recursive: true, force: true });
    }
}

/**
 * Puts ledger and warehouse of a backup in the place of those that are there. The ledger they replace is
 * kept beside it.
 * @throws ContractError for a backup that was changed, ConfigError where signed months would be lost
 */
export async function restoreBackup(
    config: Config,
    paths: StatePaths,
    folder: string,
    at: string,
): Promise<{ readonly backup: Backup; readonly replaced: string | undefined }> {
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
    const kept = readLedger(folderDisk(join(folder, ledgerName)));
    assertKeepsEntries(config.ledger, kept, folder);
    const ledger = `${config.ledger}.${process.pid}.partial`;
    const warehouse = `${paths.warehouse}.${process.pid}.partial`;
    mkdirSync(ledger, { recursive: true, mode: 0o700 });
    mkdirSync(dirname(warehouse), { recursive: true });
    try {
        for (const { name, sha256 } of backup.files) {
            const target = name === warehouseName ? warehouse : join(ledger, basename(name));
            const found = await copyFile(join(folder, name), target);
            if (found !== sha256) throw changed(join(folder, name), sha256, found);
        }
        const replaced = existsSync(config.ledger)
            ? `${config.ledger}.before-${at.replaceAll(/[:.]/g, '')}`
            : undefined;
        if (replaced) renameSync(config.ledger, replaced);
        renameSync(ledger, config.ledger);
        if (existsSync(warehouse)) {
            // What the engine had not yet put into the old file is no part of the new one.
            rmSync(`${paths.warehouse}.wal`, { force: true });
            renameSync(warehouse, paths.warehouse);
        }
        return { backup, replaced };
    } finally {
        rmSync(ledger, { recursive: true, force: true });
        rmSync(warehouse, { force: true });
    }
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

/** A ledger that was damaged may be replaced; one that knows more than the backup may not. */
function assertKeepsEntries(current: string, kept: Ledger, folder: string): void {
    if (!existsSync(current)) return;
    const count = readdirSync(current).filter((name) => /^\d.*\.json$/.test(name)).length;
    if (count <= kept.entries.length) return;
    throw new ConfigError({
        what: 'The backup is older than the ledger: signed months would be lost.',
        file: current,
        expected: `at most ${kept.entries.length} entries, as in ${folder}`,
        got: `${count} entries`,
        fix: 'take a later backup, or move the newer files of the ledger away and keep them',
    });
}

/** Copies a file, flushed and for its owner alone, and returns the SHA-256 of what was copied. */
async function copyFile(from: string, to: string): Promise<string> {
    if (statSync(from, { throwIfNoEntry: false }) === undefined)
        throw changed(from, 'a file', 'none');
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

function changed(file: string, expected: string, got: string): ContractError {
    return new ContractError({
        what: 'A file of the backup is not as it was written.',
        file,
        expected,
        got,
        fix: 'take another backup; nothing was changed',
    });
}
