import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { installFromLockfile } from '../../pipelines/setup/npm.mjs';
import { temporaryFolder } from './temporary-folder.ts';

it('no script runs when packages are installed, in either folder', async () => {
    const folder = temporaryFolder();
    const scripts = { preinstall: 'node -e "require(`fs`).writeFileSync(`ran`, ``)"' };
    const own = { name: 'own', version: '1.0.0', scripts };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
    const lock = { name: 'own', version: '1.0.0', lockfileVersion: 3, packages: { '': own } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    await installFromLockfile(folder);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
});
