import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { findPython } from '../../pipelines/setup/find-python.mjs';
import { venvPython } from '../../pipelines/setup/paths.mjs';

/** `rows`: a dictionary at a time; `arrow`: typed Arrow batches, the quickest way into dlt; `api`: over HTTP. */
export type DltReader = 'rows' | 'arrow' | 'api';

const directory = join(import.meta.dirname, '..');
const requirements = join(directory, 'requirements.txt');
const environment = join(directory, '.venv');
const stamp = join(environment, 'installed.txt');

/**
 * Command of the dlt worker; installs dlt for the bench only, where it is missing or out of date.
 * @throws Error when pip cannot install it
 */
export async function dltWorker(
    reader: DltReader,
    say: (line: string) => void,
): Promise<readonly string[]> {
    const locked = readFileSync(requirements, 'utf8');
    if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== locked) {
        say('  installing dlt for the bench');
        await install();
        writeFileSync(stamp, locked);
    }
    return [venvPython(directory), join(directory, 'workers', 'load_dlt.py'), reader];
}

async function install(): Promise<void> {
    const { executable } = await findPython();
    rmSync(environment, { recursive: true, force: true });
    await execa(executable, ['-m', 'venv', environment]);
    await execa(venvPython(directory), [
        ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'],
        ...['--no-deps', '--require-hashes', '-r', requirements],
    ]);
}
