import { open } from 'node:fs/promises';
import type { FoundFile } from './find-files.ts';
import { isGzip } from './text-stream.ts';

/**
 * What to say of a file whose last line has no end. Many programs write no end there, so nothing is
 * refused; but a download that was cut inside its last number looks the same, and that number is
 * still a number.
 */
export async function noteOnLastLine(file: FoundFile): Promise<string | undefined> {
    // A packed file that was cut does not unpack.
    if (isGzip(file.path)) return undefined;
    const handle = await open(file.path, 'r');
    try {
        const length = Math.min(2, file.bytes);
        const { buffer } = await handle.read(Buffer.alloc(2), 0, length, file.bytes - length);
        if (buffer.includes(0x0a) || buffer.includes(0x0d)) return undefined;
        return (
            `${file.name}: its last line has no line end; ` +
            'where this export usually has one, it was cut: export it again'
        );
    } finally {
        await handle.close();
    }
}
