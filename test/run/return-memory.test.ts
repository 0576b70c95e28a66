import { expect, test } from 'vitest';
import { returnMemory } from '../../pipelines/run/return-memory.ts';

test('what nothing holds any more goes back to the machine', () => {
    const megabytes = () => process.memoryUsage().heapTotal / 1e6;
    const taken = (() => {
        const rows = Array.from({ length: 1_000_000 }, (_, id) => ({ id, name: `row ${id}` }));
        return rows.length > 0 ? megabytes() : 0;
    })();
    returnMemory();
    expect(taken - megabytes()).toBeGreaterThan(50);
});
