import { describe, expect, it } from 'vitest';
import { checkNode } from '../../pipelines/setup/set-up.mjs';
import { isAtLeast, parseVersion } from '../../pipelines/setup/versions.mjs';

describe('a version', () => {
    it.each([
        ['v24.21.0', [24, 21, 0]],
        ['Python 3.12.1+', [3, 12, 1]],
        ['3.10', [3, 10, 0]],
        ['none', undefined],
    ])('is read from %j', (text, version) => {
        expect(parseVersion(text)).toEqual(version);
    });

    it('is compared by number, not by text', () => {
        expect(isAtLeast([3, 9, 18], [3, 10])).toBe(false);
        expect(isAtLeast([3, 10, 0], [3, 10])).toBe(true);
        expect(isAtLeast([24, 0, 0], [20, 9])).toBe(true);
        expect(isAtLeast(undefined, [3, 10])).toBe(false);
    });
});

describe('Node for the set-up', () => {
    it('is refused below 20, with the fix', () => {
        expect(() => checkNode('v18.19.1')).toThrow(/this is v18\.19\.1/);
        expect(() => checkNode('v18.19.1')).toThrow(
            expect.objectContaining({
                exitCode: 2,
                fix: expect.stringContaining('nvm install 24'),
            }),
        );
    });

    it('is accepted from 20 on', () => {
        expect(() => checkNode('v20.0.0')).not.toThrow();
    });
});
