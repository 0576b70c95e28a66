import {
    chmodSync,
    closeSync,
    fsyncSync,
    mkdirSync,
    openSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** The few things that records of what left the product ask of a folder, each of which a power cut may follow. */
export interface Disk {
    /** The folder, for messages. */
    readonly path: string;
    /** Names of the files in it; none while there is no folder. */
    list(): readonly string[];
    read(name: string): string;
    /** Writes a file that only its owner can read. What is written is safe once it is flushed. */
    write(name: string, text: string): void;
    flush(name: string): void;
    /** Gives a file its name, in place of a file of that name. Safe once the folder is flushed. */
    rename(from: string, to: string): void;
    remove(name: string): void;
    flushFolder(): void;
}

const onlyOwner = { file: 0o600, folder: 0o700 };

/** A folder of this machine; it is made when something is first written. */
export function folderDisk(path: string): Disk {
    const at = (name: string) => join(path, name);
    return {
        path,
        list: () => {
            try {
                return readdirSync(path);
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
                throw error;
            }
        },
        read: (name) => readFileSync(at(name), 'utf8'),
        write: (name, text) => {
            mkdirSync(path, { recursive: true, mode: onlyOwner.folder });
            writeFileSync(at(name), text, { mode: onlyOwner.file });
            // A file of that name, left by a run that was killed, keeps the mode it had.
            chmodSync(at(name), onlyOwner.file);
        },
        flush: (name) => flush(at(name), 'r+'),
        rename: (from, to) => renameSync(at(from), at(to)),
        remove: (name) => rmSync(at(name), { force: true }),
        flushFolder: () => {
            // Windows opens no folder, and keeps the order of renames itself.
            if (process.platform !== 'win32') flush(path, 'r');
        },
    };
}

/** Names of files that were still being written; whoever writes next replaces them. */
export const partialName = /^\..+\.partial$/;
const partialOf = (file: string) => `.${file}.partial`;

/**
 * Writes files of which the last one says that all are there: each is written under another name and
 * flushed before any gets its own. Whatever ends the process, all of them are there or the last is not.
 * @param leftovers files of a writer that was interrupted
 */
export function writeTogether(
    disk: Disk,
    files: readonly { readonly name: string; readonly text: string }[],
    leftovers: readonly string[],
): void {
    for (const name of leftovers) disk.remove(name);
    if (leftovers.length > 0) disk.flushFolder();
    for (const { name, text } of files) {
        disk.write(partialOf(name), text);
        disk.flush(partialOf(name));
    }
    for (const { name } of files) {
        disk.rename(partialOf(name), name);
        disk.flushFolder();
    }
}

function flush(path: string, flags: string): void {
    const handle = openSync(path, flags);
    try {
        fsyncSync(handle);
    } finally {
        closeSync(handle);
    }
}
