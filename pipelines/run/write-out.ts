import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const pieceLength = 64 * 1024;

/** Writes a file as a whole or not at all: readers never see a half of it. */
export async function writeFileWhole(lines: AsyncIterable<string>, file: string): Promise<void> {
    const partial = `${file}.${process.pid}.partial`;
    try {
        await pipeline(Readable.from(inPieces(lines)), createWriteStream(partial));
        renameSync(partial, file);
    } finally {
        rmSync(partial, { force: true });
    }
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
