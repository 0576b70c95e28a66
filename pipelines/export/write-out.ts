import { createWriteStream, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ConfigError } from '../errors.ts';

const pieceLength = 64 * 1024;

/** Content of a file: all of it at once, or text line by line. */
type Content = AsyncIterable<string> | string | Uint8Array;

/**
 * Writes a file as a whole or not at all: readers never see a half of it. A file that is there keeps
 * its mode, a link its target; a device or pipe is written to, not replaced.
 * @throws ConfigError where nothing can be written
 */
export async function writeFileWhole(content: Content, file: string): Promise<void> {
    try {
        const known = statSync(file, { throwIfNoEntry: false });
        const isThing = known !== undefined && !known.isFile() && !known.isDirectory();
        if (isThing) await writeTo(file, content);
        else await replace(known ? realpathSync(file) : file, content, known?.mode);
    } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        throw new ConfigError({
            what: `${file} cannot be written.`,
            why: error.message,
            fix: 'give a file in a folder that exists and has room, with --out',
            cause: error,
        });
    }
}

async function replace(file: string, content: Content, mode: number | undefined): Promise<void> {
    const partial = `${file}.${process.pid}.partial`;
    try {
        await writeTo(partial, content, mode);
        renameSync(partial, file);
    } finally {
        rmSync(partial, { force: true });
    }
}

function writeTo(file: string, content: Content, mode?: number): Promise<void> {
    const options = mode === undefined ? {} : { mode };
    const isWhole = typeof content === 'string' || content instanceof Uint8Array;
    const pieces = isWhole ? [content] : inPieces(content);
    return pipeline(Readable.from(pieces), createWriteStream(file, options));
}

/** Writes to a pipe no faster than it is read. */
export async function writeStream(lines: AsyncIterable<string>, out: Writable): Promise<void> {
    await pipeline(Readable.from(inPieces(lines)), out, { end: false });
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    let piece = '';
    for await (const line of lines) {
        piece += line;
        if (piece.length >= pieceLength) {
            yield piece;
            piece = '';
        }
    }
    if (piece) yield piece;
}
