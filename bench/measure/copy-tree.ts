import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

/** Copies what a clone would have, changes that are not committed included. */
export async function copyTree(from: string, to: string): Promise<void> {
    const { stdout } = await execa(
        'git',
        ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
        { cwd: from },
    );
    for (const name of stdout.split('\0').filter((one) => one !== '')) {
        // A file that is deleted but not committed is still listed, and so is a linked folder.
        const isFile = statSync(join(from, name), { throwIfNoEntry: false })?.isFile() ?? false;
        if (isFile) cpSync(join(from, name), join(to, name));
    }
}
