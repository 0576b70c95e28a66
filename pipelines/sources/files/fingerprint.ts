import { createHash, type Hash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../../errors.ts';
import type { FoundFile } from './find-files.ts';
import { isGzip, readError, readPieces } from './text-stream.ts';

/**
 * SHA-256 of a file's bytes. A gzip file is unpacked on the way, because the engine reads a
 * cut-off one to the cut and says nothing.
 * @throws SourceError for a file that is damaged, unreadable, or changes while it is read.
 */
export async function hashFile(file: FoundFile): Promise<string> {
    const hash = createHash('sha256');
    try {
        await (isGzip(file.path) ? hashGzip(file.path, hash) : hashPlain(file.path, hash));
    } catch (cause) {
        throw readError(file.name, 'utf-8', 0, cause);
    }
    assertSame(file);
    return hash.digest('hex');
}

/** @throws SourceError when the file is no longer the one that was found. */
export function assertSame(file: FoundFile): void {
    const now = statSync(file.path, { throwIfNoEntry: false });
    if (now?.size === file.bytes && now.mtimeMs === file.modifiedMs) return;
    throw new SourceError({
        what: `${file.name} changed while it was read.`,
        file: file.name,
        fix: 'run again when the export is finished',
    });
}

async function hashPlain(path: string, hash: Hash): Promise<void> {
    for await (const piece of readPieces(path)) hash.update(piece);
}

async function hashGzip(path: string, hash: Hash): Promise<void> {
    const raw = createReadStream(path, { highWaterMark: 1 << 20 });
    const gunzip = createGunzip({ chunkSize: 1 << 20 });
    raw.on('data', (chunk) => hash.update(chunk));
    raw.on('error', (error) => gunzip.destroy(error));
    raw.pipe(gunzip);
    for await (const _ of gunzip) {
        // Only the checksum at the end matters.
    }
}
