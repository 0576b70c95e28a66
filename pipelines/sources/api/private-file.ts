import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner reads, whole or not at all: to a temporary name, to the disk,
 * and then to its own name.
 */
export async function writePrivately(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}.tmp`;
    const file = await open(temporary, 'w', 0o600);
    try {
        // One that was left there may have other rights.
        await file.chmod(0o600);
        await file.writeFile(content);
        await file.sync();
    } finally {
        await file.close();
    }
    await rename(temporary, path);
    await syncFolder(dirname(path));
}

/** The name of a file is on the disk when its folder is. Windows has no such call. */
async function syncFolder(path: string): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
        await folder.sync();
    } finally {
        await folder.close();
    }
}
