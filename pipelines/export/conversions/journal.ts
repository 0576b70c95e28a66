import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Disk, partialName, writeTogether } from '../../disk.ts';
import { ContractError } from '../../errors.ts';
import type { ConversionLine } from './conversion.ts';
import type { UploadFile } from './platform.ts';

const line = z.strictObject({
    action: z.enum(['conversion', 'restatement', 'retraction']),
    milestone: z.enum(['closed', 'collected']),
    dealId: z.string(),
    orderId: z.string(),
    name: z.string(),
    click: z.strictObject({ name: z.string(), value: z.string(), at: z.string() }),
    reachedAt: z.string(),
    value: z.string().regex(/^-?\d+(\.\d{1,2})?$/),
    currency: z.string(),
});

const manifest = z.strictObject({
    schema_version: z.literal(1),
    export: z.int().positive(),
    platform: z.string(),
    at: z.iso.datetime(),
    lines: z.strictObject({ count: z.int().nonnegative(), sha256: z.string() }),
    /** What was made for the upload. It may be deleted: the lines remember what it said. */
    files: z.array(z.strictObject({ name: z.string(), sha256: z.string() })),
});

type Manifest = z.output<typeof manifest>;

interface Export extends Manifest {
    readonly told: readonly ConversionLine[];
}

/** What was exported so far. */
export interface Journal {
    readonly exports: readonly Export[];
    /** Files of an export that was interrupted; the next one replaces them. */
    readonly leftovers: readonly string[];
}

const fileName = /^(\d{4,})-([a-z]+)(?:\.(json|ndjson)|-[a-z]+(?:-\d+)?\.(?:csv|json))$/;
const baseName = (number: number, platform: string) =>
    `${String(number).padStart(4, '0')}-${platform}`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * Reads what was exported.
 * @throws ContractError for a record that is missing or was changed: what a platform knows would be
 * told again, or corrected by a wrong amount
 */
export function readJournal(disk: Disk): Journal {
    const names = disk.list().toSorted();
    const exports: Export[] = [];
    for (const name of names.filter((one) => fileName.exec(one)?.[3] === 'json')) {
        const parsed = manifest.safeParse(jsonOf(disk.read(name)));
        if (!parsed.success) throw broken(disk, name, 'the record of an export', 'another text');
        const number = exports.length + 1;
        const expected = `${baseName(number, parsed.data.platform)}.json`;
        if (parsed.data.export !== number || expected !== name) {
            throw broken(disk, name, `the record of export ${number}`, `${name}`);
        }
        exports.push({ ...parsed.data, told: readLines(disk, parsed.data, names) });
    }
    const next = exports.length + 1;
    const leftovers = names.filter((name) => {
        const number = Number(fileName.exec(name)?.[1]);
        if (number > next) throw broken(disk, name, `files up to export ${next}`, name);
        return partialName.test(name) || number === next;
    });
    return { exports, leftovers };
}

function readLines(disk: Disk, record: Manifest, names: readonly string[]): ConversionLine[] {
    const name = `${baseName(record.export, record.platform)}.ndjson`;
    const { count, sha256 } = record.lines;
    if (!names.includes(name)) throw broken(disk, name, `${count} lines`, 'no file');
    const text = disk.read(name);
    if (hash(text) !== sha256) throw broken(disk, name, `hash ${sha256}`, `hash ${hash(text)}`);
    return text
        .split('\n')
        .slice(0, -1)
        .map((one) => line.parse(JSON.parse(one)));
}

function jsonOf(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

function broken(disk: Disk, name: string, expected: string, got: string): ContractError {
    return new ContractError({
        what: 'What was exported to ad platforms is not as it was written.',
        file: join(disk.path, name),
        expected,
        got,
        why: 'without it, conversions would be told twice or corrected by a wrong amount',
        fix: 'put the folder back from a backup; to take back exports that were never uploaded, delete the files of the last ones',
    });
}

/**
 * Names of the files of what was exported: records, their lines, and uploads that nobody has deleted.
 * @throws ContractError as `readJournal` does
 */
export function filesOfJournal(disk: Disk): readonly string[] {
    const { exports } = readJournal(disk);
    const there = new Set(disk.list());
    return exports.flatMap(({ export: number, platform, files }) => [
        ...files.map(({ name }) => name).filter((name) => there.has(name)),
        ...['ndjson', 'json'].map((ending) => `${baseName(number, platform)}.${ending}`),
    ]);
}

/** Lines that a platform was told, in their order. */
export function toldTo(journal: Journal, platform: string): readonly ConversionLine[] {
    return journal.exports.filter((one) => one.platform === platform).flatMap(({ told }) => told);
}

export interface NewExport {
    readonly platform: string;
    readonly at: string;
    readonly told: readonly ConversionLine[];
    readonly files: readonly UploadFile[];
}

/**
 * Writes the files of an export and the record that they were made. Whatever ends the process, all of
 * it is there or none of it counts.
 * @returns names of the files to upload
 */
export function appendExport(disk: Disk, journal: Journal, made: NewExport): readonly string[] {
    const number = journal.exports.length + 1;
    const base = baseName(number, made.platform);
    const uploads = made.files.map(({ name, ending, text }) => ({
        name: `${base}-${name}.${ending}`,
        text,
    }));
    const lines = made.told.map((one) => `${JSON.stringify(line.strip().parse(one))}\n`).join('');
    const record: Manifest = {
        schema_version: 1,
        export: number,
        platform: made.platform,
        at: made.at,
        lines: { count: made.told.length, sha256: hash(lines) },
        files: uploads.map(({ name, text }) => ({ name, sha256: hash(text) })),
    };
    const files = [
        ...uploads,
        { name: `${base}.ndjson`, text: lines },
        { name: `${base}.json`, text: `${JSON.stringify(record, null, 4)}\n` },
    ];
    writeTogether(disk, files, journal.leftovers);
    return uploads.map(({ name }) => name);
}
