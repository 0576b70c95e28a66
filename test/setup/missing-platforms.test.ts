import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
    withMissingPlatforms,
    withoutIntegrity,
} from '../../pipelines/setup/missing-platforms.mjs';

const linter = {
    version: '2.6.8',
    optionalDependencies: {
        '@tools/cli-linux-x64': '2.6.8',
        '@tools/cli-darwin-arm64': '2.6.8',
        '@tools/cli-linux-x64-musl': '2.6.8',
        'file-watcher': '2.6.8',
        '@tools/cli-win32-x64': '^2.0.0',
    },
};

describe('a lockfile made where other platforms’ packages cannot be seen', () => {
    it('gains them at the version their parent asks for, and nothing else', () => {
        const locked = {
            'node_modules/@tools/cli': linter,
            'node_modules/@tools/cli-linux-x64': {},
        };
        const { packages, added } = withMissingPlatforms(locked);
        expect(added).toEqual([
            'node_modules/@tools/cli-darwin-arm64',
            'node_modules/@tools/cli-linux-x64-musl',
        ]);
        expect(packages['node_modules/@tools/cli-darwin-arm64']).toEqual({
            version: '2.6.8',
            optional: true,
            os: ['darwin'],
            cpu: ['arm64'],
        });
        expect(packages['node_modules/@tools/cli-linux-x64-musl']).toMatchObject({
            libc: ['musl'],
        });
    });

    it('is left as it is when one is nested under its parent', () => {
        const locked = {
            'node_modules/@tools/cli': { optionalDependencies: { 'cli-darwin-x64': '1.0.0' } },
            'node_modules/@tools/cli/node_modules/cli-darwin-x64': {},
        };
        expect(withMissingPlatforms(locked).added).toEqual([]);
    });
});

describe('what is installed, on any platform', () => {
    it.each(['package-lock.json', 'dashboards/package-lock.json'])('has its hash in %s', (file) => {
        const { packages } = JSON.parse(readFileSync(file, 'utf8'));
        expect(withoutIntegrity(packages)).toEqual([]);
        expect(Object.keys(packages).some((place) => place.includes('darwin-arm64'))).toBe(true);
    });

    it('is asked for where a version stands without one', () => {
        const locked = {
            '': { version: '1.0.0' },
            'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' },
            'node_modules/a/node_modules/@b/c': { version: '2.0.0' },
            'node_modules/own': { version: '1.0.0', resolved: 'file:own' },
        };
        expect(withoutIntegrity(locked)).toEqual([
            { place: 'node_modules/a/node_modules/@b/c', name: '@b/c', version: '2.0.0' },
        ]);
    });

    it.each(['requirements.txt', 'requirements-dev.txt', 'bench/requirements.txt'])(
        'has its hashes in %s',
        (file) => {
            const entries = readFileSync(file, 'utf8').replaceAll('\\\n', ' ').split('\n');
            const packages = entries.filter((line) => /^[a-z0-9]/i.test(line));
            expect(packages.length).toBeGreaterThan(0);
            expect(packages.filter((line) => !/--hash=sha256:[0-9a-f]{64}/.test(line))).toEqual([]);
        },
    );
});
