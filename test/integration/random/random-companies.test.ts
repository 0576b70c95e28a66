import { expect, it } from 'vitest';
import { compareCompanies } from './compare-companies.ts';

// In New York, where a day begins after that of UTC.
it('of random companies the marts say what their files add up to', async () => {
    const found = await compareCompanies(5, 1);
    expect(found.flatMap(({ differences }) => differences)).toEqual([]);
    expect(Math.min(...found.map(({ sums }) => sums))).toBeGreaterThan(20);
});
