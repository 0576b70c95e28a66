import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashInputs, isFresh, npmInputs, writeStamp } from '../../pipelines/setup/stamp.mjs';
import { temporaryFolder } from './temporary-folder.ts';

function hashOf(folder: string): string {
    const { paths, facts } = npmInputs(folder);
    return hashInputs(paths, facts);
}

function npmPackage(manifest: object): string {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), '{}');
    return folder;
}

describe('the stamp of an installation', () => {
    it('is fresh until an input changes', () => {
        const folder = npmPackage({ dependencies: { zod: '4.6.7' } });
        const stamp = join(folder, 'node_modules', '.stamp');
        expect(isFresh(stamp, hashOf(folder))).toBe(false);
        writeStamp(stamp, hashOf(folder));
        expect(isFresh(stamp, hashOf(folder))).toBe(true);
        writeFileSync(join(folder, 'package-lock.json'), '{ }');
        expect(isFresh(stamp, hashOf(folder))).toBe(false);
    });

    it('goes with the folder it vouches for', () => {
        const folder = npmPackage({});
        const stamp = join(folder, 'node_modules', '.stamp');
        writeStamp(stamp, hashOf(folder));
        rmSync(join(folder, 'node_modules'), { recursive: true });
        expect(isFresh(stamp, hashOf(folder))).toBe(false);
    });

    it('does not change with a script, but with a dependency', () => {
        const folder = npmPackage({ dependencies: { zod: '4.6.7' } });
        const before = hashOf(folder);
        const write = (manifest: object) =>
            writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
        write({ scripts: { test: 'vitest' }, dependencies: { zod: '4.6.7' } });
        expect(hashOf(folder)).toBe(before);
        write({ dependencies: { zod: '4.6.8' } });
        expect(hashOf(folder)).not.toBe(before);
    });

    it('covers the source of a package installed from a folder', () => {
        const folder = npmPackage({ dependencies: { layer: 'file:./layer' } });
        mkdirSync(join(folder, 'layer', 'src'), { recursive: true });
        writeFileSync(join(folder, 'layer', 'src', 'index.js'), 'one');
        const before = hashOf(folder);
        writeFileSync(join(folder, 'layer', 'src', 'index.js'), 'two');
        expect(hashOf(folder)).not.toBe(before);
    });

    it('tells an absent input from an empty one', () => {
        const file = join(temporaryFolder(), 'settings');
        const absent = hashInputs([file], []);
        writeFileSync(file, '');
        expect(hashInputs([file], [])).not.toBe(absent);
    });
});
