import { createWriteStream } from 'node:fs';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { SourceError } from '../../errors.ts';
import { readError } from './text-stream.ts';

/** How the members of a zip archive are packed, mostly. */
const deflated = 8;

/** A sheet is many megabytes of text, and each piece of it takes its way through several streams. */
const pieceBytes = 1 << 18;

/** A zip archive; its members are read where they lie, in any order. */
export interface Archive {
    /** Paths of its files, without folders. */
    readonly members: readonly string[];
    /** @throws SourceError, on reading, for damaged bytes. */
    readonly open: (member: string) => Promise<Readable>;
    readonly close: () => void;
}

/**
 * Opens a zip archive.
 * @param kind what it is called in messages: `zip archive`, `XLSX workbook`
 * @throws SourceError for a file that is none
 */
export async function openArchive(path: string, name: string, kind: string): Promise<Archive> {
    let zip: ZipFile | undefined;
    try {
        zip = await openPromise(path, { lazyEntries: true, autoClose: false });
        const opened = zip;
        const entries = new Map<string, Entry>();
        for await (const entry of zip.eachEntry()) {
            if (!entry.fileName.endsWith('/')) entries.set(entry.fileName, entry);
        }
        return {
            members: [...entries.keys()],
            open: (member) => openMember(opened, entries.get(member) as Entry, name, kind),
            close: () => opened.close(),
        };
    } catch (cause) {
        zip?.close();
        throw damaged(name, kind, cause);
    }
}

/** Writes a member to a file of its own. @throws SourceError for damaged bytes */
export async function extractMember(archive: Archive, member: string, path: string): Promise<void> {
    await pipeline(await archive.open(member), createWriteStream(path));
}

async function openMember(
    zip: ZipFile,
    entry: Entry,
    name: string,
    kind: string,
): Promise<Readable> {
    if (entry.isEncrypted()) {
        throw new SourceError({
            what: `${name} is protected with a password.`,
            file: name,
            fix: 'save it without one',
        });
    }
    try {
        if (!entry.canDecodeFileData()) {
            throw new Error(`${entry.fileName} is packed in an unknown way`);
        }
        const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
        const isPacked = entry.compressionMethod === deflated;
        const bytes = isPacked ? packed.pipe(createInflateRaw({ chunkSize: pieceBytes })) : packed;
        const checked = checkSum(entry, name, kind);
        for (const step of new Set<Readable>([packed, bytes])) {
            step.on('error', (cause) => checked.destroy(damaged(name, kind, cause) as Error));
        }
        checked.on('close', () => {
            packed.destroy();
            bytes.destroy();
        });
        return bytes.pipe(checked);
    } catch (cause) {
        throw damaged(name, kind, cause);
    }
}

/** Whether the bytes are those that were packed; no more of them are let through than were. */
function checkSum(entry: Entry, name: string, kind: string): Transform {
    let sum = 0;
    let size = 0;
    const hasChanged = () =>
        damaged(name, kind, new Error(`${entry.fileName} has changed`)) as Error;
    return new Transform({
        transform: (chunk, _encoding, done) => {
            sum = crc32(chunk, sum);
            size += chunk.length;
            if (size > entry.uncompressedSize) done(hasChanged());
            else done(null, chunk);
        },
        flush: (done) => done(sum === entry.crc32 ? null : hasChanged()),
    });
}

function damaged(name: string, kind: string, cause: unknown): unknown {
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    if (cause instanceof SourceError) return cause;
    if (code !== undefined && !code.startsWith('Z_')) return readError(name, kind, 0, cause);
    return new SourceError({
        what: `${name} is no ${kind}, or is damaged.`,
        why: cause instanceof Error ? cause.message : String(cause),
        file: name,
        fix: 'copy or export the file again',
        cause,
    });
}
