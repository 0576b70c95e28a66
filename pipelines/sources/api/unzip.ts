import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import { SourceError } from '../../errors.ts';

/** Begins the last record of every archive, which is 22 bytes long, and a comment. */
const endMark = Buffer.from('PK\x05\x06');
const endBytes = 22;

/** Whether bytes end as a zip archive does. */
export function isWholeArchive(bytes: Buffer): boolean {
    const place = bytes.lastIndexOf(endMark);
    if (place < 0 || place + endBytes > bytes.length) return false;
    return place + endBytes + bytes.readUInt16LE(place + endBytes - 2) === bytes.length;
}

/**
 * The bytes of the one member of a zip archive.
 * @param name what it is, as messages name it
 * @throws SourceError when it is damaged, or holds another number of members
 */
export async function unzipOnly(bytes: Buffer, name: string): Promise<Buffer> {
    const fail = (why: string, cause?: unknown) =>
        new SourceError({
            what: `${name} is no zip archive with one file, or is damaged.`,
            why,
            fix: 'run again: it is asked for anew',
            cause,
        });
    try {
        const zip = await fromBufferPromise(bytes, { lazyEntries: true });
        const members: Buffer[] = [];
        for await (const entry of zip.eachEntry()) {
            const member = await buffer(await zip.openReadStreamPromise(entry));
            if (crc32(member) !== entry.crc32) throw fail(`${entry.fileName} has changed`);
            members.push(member);
        }
        const [only, ...others] = members;
        if (only === undefined || others.length > 0) throw fail(`it holds ${members.length} files`);
        return only;
    } catch (cause) {
        if (cause instanceof SourceError) throw cause;
        throw fail(cause instanceof Error ? cause.message : String(cause), cause);
    }
}
