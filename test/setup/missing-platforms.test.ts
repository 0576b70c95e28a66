import { describe, expect, it } from 'vitest';
import { withMissingPlatforms } from '../../pipelines/setup/missing-platforms.mjs';

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
