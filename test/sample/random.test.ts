import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createQuota, createRandom } from '../../pipelines/sample/random.ts';

describe('random streams', () => {
    test('the same key gives the same numbers, another key others', () => {
        const draw = (...key: (string | number)[]): string => createRandom(...key).hex(32);
        expect(draw(1, 'leads')).toBe('941ac658e7fa1aacdddeb15a98fb5b7e');
        expect(draw(1, 'leads')).toBe(draw(1, 'leads'));
        expect(draw(2, 'leads')).not.toBe(draw(1, 'leads'));
        expect(draw(1, 'deals')).not.toBe(draw(1, 'leads'));
    });

    test('whole numbers stay within both ends and reach them', () => {
        const random = createRandom('ends');
        const drawn = new Set(Array.from({ length: 400 }, () => random.integer(3, 6)));
        expect([...drawn].toSorted()).toEqual([3, 4, 5, 6]);
    });

    test('a weight of zero is never drawn', () => {
        const random = createRandom('weights');
        const drawn = Array.from({ length: 500 }, () => random.weighted([1, 0, 2]));
        expect(drawn).not.toContain(1);
    });
});

describe('quotas', () => {
    test('a quota keeps within six draws of its plan, whatever the shares', () => {
        fc.assert(
            fc.property(
                fc.integer(),
                fc.array(fc.double({ min: 0.05, max: 0.95, noNaN: true }), { maxLength: 300 }),
                (key, shares) => {
                    const quota = createQuota(createRandom(key));
                    const drawn = shares.filter((share) => quota(share)).length;
                    const planned = shares.reduce((sum, share) => sum + share, 0);
                    expect(Math.abs(drawn - planned)).toBeLessThan(6);
                },
            ),
        );
    });

    test('a share of zero is never drawn, even when the quota is behind', () => {
        const quota = createQuota(createRandom('behind'));
        for (let index = 0; index < 20; index += 1) quota(0.9 * (index % 2));
        expect(Array.from({ length: 50 }, () => quota(0))).not.toContain(true);
    });
});
