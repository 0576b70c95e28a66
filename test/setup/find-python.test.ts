import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { execPath, platform } from 'node:process';
import { describe, expect, it } from 'vitest';
import { findPython, pythonCandidates } from '../../pipelines/setup/find-python.mjs';
import { ROOT } from '../../pipelines/setup/paths.mjs';
import { temporaryFolder, writeScript } from './temporary-folder.ts';

/** A PATH on which each given command answers the probe with these lines. */
function machineWith(commands: Record<string, string[]>) {
    const folder = temporaryFolder();
    for (const [name, lines] of Object.entries(commands)) {
        writeScript(join(folder, name), ...lines.map((line) => `echo '${line}'`));
    }
    return { platform: 'linux' as const, env: { PATH: folder } };
}

describe.skipIf(platform === 'win32')('the Python of the machine', () => {
    it('is the first one in range that can make an environment', async () => {
        const machine = machineWith({
            python3: ['3.14.0', '/opt/new/python', 'venv'],
            'python3.12': ['3.12.1', '/opt/right/python', 'venv'],
        });
        await expect(findPython(machine)).resolves.toEqual({
            executable: '/opt/right/python',
            version: '3.12.1',
        });
    });

    it('that is too old or too new is named in the message', async () => {
        const machine = machineWith({
            python3: ['3.9.6', '/usr/bin/python3', 'venv'],
            python: ['3.14.0', '/opt/python', 'venv'],
        });
        await expect(findPython(machine)).rejects.toMatchObject({
            message: 'Python 3.10 to 3.13 is needed; found: 3.9.6, 3.14.0.',
            exitCode: 2,
        });
    });

    it('without venv is told apart from none', async () => {
        const machine = machineWith({ python3: ['3.11.2', '/usr/bin/python3'] });
        await expect(findPython(machine)).rejects.toMatchObject({
            message: 'Python 3.11.2 has no venv module (with ensurepip).',
            fix: expect.stringContaining('python3.11-venv'),
            exitCode: 2,
        });
    });

    it('that a person names is the only candidate', () => {
        expect(pythonCandidates('linux', { JOINTLY_PYTHON: '/opt/python' })).toEqual([
            ['/opt/python'],
        ]);
    });

    it('is asked for by the set-up, which ends with code 2 and no stack trace', () => {
        const folder = temporaryFolder();
        cpSync(join(ROOT, 'pipelines', 'setup'), join(folder, 'pipelines', 'setup'), {
            recursive: true,
        });
        for (const file of ['package.json', 'package-lock.json', 'requirements.txt']) {
            cpSync(join(ROOT, file), join(folder, file));
        }
        const npm = join(folder, 'bin', 'npm');
        writeScript(npm, 'echo 11.0.0');
        const { status, stderr, stdout } = spawnSync(
            execPath,
            [join(folder, 'pipelines', 'setup', 'main.mjs')],
            { encoding: 'utf8', env: { PATH: join(folder, 'bin') } },
        );
        expect(stderr).toContain('Error: Python 3.10 to 3.13 is needed; found: none.');
        expect(stderr).toContain('apt-get install -y python3 python3-venv');
        expect(stderr).not.toMatch(/^\s+at /m);
        expect(stdout).toBe('');
        expect(status).toBe(2);
    });
});
