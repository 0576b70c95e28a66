import {
    chmodSync,
    closeSync,
    fsyncSync,
    mkdirSync,
    openSync,
    renameSync,
    writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner reads, whole or not at all: to a temporary name, to the disk,
 * and then to its own name.
 */
export function writePrivately(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}.tmp`;
    const handle = openSync(temporary, 'w', 0o600);
    try {
        const bytes = typeof content === 'string' ? Buffer.from(content) : content;
        let written = 0;
        while (written < bytes.length) {
            written += writeSync(handle, bytes, written, bytes.length - written);
        }
        fsyncSync(handle);
    } finally {
        closeSync(handle);
    }
    chmodSync(temporary, 0o600);
    renameSync(temporary, path);
    syncFolder(dirname(path));
}

/** The name of a file is on the disk when its folder is. Windows has no such call. */
function syncFolder(folder: string): void {
    if (process.platform === 'win32') return;
    const handle = openSync(folder, 'r');
    try {
        fsyncSync(handle);
    } finally {
        closeSync(handle);
    }
}
