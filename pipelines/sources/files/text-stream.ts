import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../../errors.ts';
import type { FoundFile } from './find-files.ts';

export const isGzip = (path: string) => path.toLowerCase().endsWith('.gz');

/** Mostly only a header is wanted, and a piece is read and decoded as a whole. */
const pieceBytes = 1 << 16;

/** The bytes of a file, unpacked when its name ends in `.gz`. */
export function openBytes(path: string): Readable {
    const raw = createReadStream(path, { highWaterMark: pieceBytes });
    if (!isGzip(path)) return raw;
    const gunzip = createGunzip({ chunkSize: pieceBytes });
    raw.on('error', (error) => gunzip.destroy(error));
    gunzip.on('close', () => raw.destroy());
    return raw.pipe(gunzip);
}

const beginningBytes = 4096;

/**
 * The first bytes of a file, as many as tell what it holds.
 * @throws SourceError for a broken gzip file
 */
export async function beginningOf({ path, name }: FoundFile): Promise<Buffer> {
    try {
        for await (const piece of openBytes(path) as AsyncIterable<Buffer>) {
            return piece.subarray(0, beginningBytes);
        }
    } catch (cause) {
        throw readError(name, 'utf-8', 0, cause);
    }
    return Buffer.alloc(0);
}

/**
 * The bytes of a file as they are, for reading all of it. One buffer serves the whole file, where a
 * stream leaves a new one behind with every piece: a piece holds until the next one is asked for.
 */
export async function* readPieces(path: string): AsyncGenerator<Buffer, void, undefined> {
    const handle = await open(path, 'r');
    try {
        const buffer = Buffer.allocUnsafe(1 << 20);
        for (;;) {
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
            if (bytesRead === 0) return;
            yield buffer.subarray(0, bytesRead);
        }
    } finally {
        await handle.close();
    }
}

/**
 * Decoded text of a file, piece by piece, without its byte order mark.
 * @throws SourceError for a broken gzip file or bytes that are not in the encoding.
 */
export async function* openText(
    path: string,
    name: string,
    encoding: string,
): AsyncGenerator<string, void, undefined> {
    const decoder = new TextDecoder(encoding, { fatal: true });
    let read = 0;
    try {
        for await (const chunk of openBytes(path) as AsyncIterable<Buffer>) {
            read += chunk.length;
            const text = decoder.decode(chunk, { stream: true });
            if (text) yield text;
        }
        const rest = decoder.decode();
        if (rest) yield rest;
    } catch (cause) {
        throw readError(name, encoding, read, cause);
    }
}

/** The encoding to read with: a byte order mark wins over the config. */
export async function detectEncoding(path: string, wanted: string): Promise<string> {
    if (isGzip(path)) return wanted;
    const handle = await open(path, 'r');
    try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
        if (bytesRead >= 2 && buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le';
        if (bytesRead >= 2 && buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be';
        if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) return 'utf-8';
        return wanted;
    } finally {
        await handle.close();
    }
}

/** Names an error of reading a file: a cut-off gzip, or bytes of another encoding. */
export function readError(
    name: string,
    encoding: string,
    bytesRead: number,
    cause: unknown,
): unknown {
    const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
    if (code.startsWith('Z_')) {
        return new SourceError({
            what: `${name} is a broken gzip file: it ends too early or its bytes are damaged.`,
            file: name,
            expected: 'a whole gzip file',
            got: (cause as Error).message,
            fix: 'copy or export the file again; where it is not packed, take .gz off its name',
            cause,
        });
    }
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
        return new SourceError({
            what: `${name} is not written in ${encoding}.`,
            why: `the first ${bytesRead} bytes hold a sequence that does not exist in ${encoding}`,
            file: name,
            fix: "set format.encoding of the input, for example 'windows-1252' or 'utf-16le'",
            cause,
        });
    }
    if (['EACCES', 'EPERM', 'ENOENT', 'EIO', 'EISDIR'].includes(code)) {
        return new SourceError({
            what: `${name} cannot be read.`,
            why: cause instanceof Error ? cause.message : code,
            file: name,
            cause,
        });
    }
    return cause;
}
