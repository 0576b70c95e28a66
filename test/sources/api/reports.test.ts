import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReportKeeper, type Report } from '../../../pipelines/sources/api/reports.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

let directory: string;
let clock: TestClock;
let orders: number;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-reports-'));
    clock = createTestClock();
    orders = 0;
});
afterEach(() => rmSync(directory, { recursive: true }));

const keeper = () => createReportKeeper('ads', directory, clock);

function report(states: ('ready' | 'at work' | 'lost')[], day = '2026-11-01'): Report {
    return {
        parameters: { day },
        order: async () => `order-${++orders}`,
        poll: async () => states.shift() ?? 'at work',
        keptMs: 3_600_000,
        patienceMs: 60_000,
    };
}

describe('a report that takes its time', () => {
    it('is ordered once and polled more and more slowly', async () => {
        expect(await keeper().await(report(['at work', 'at work', 'at work', 'ready']))).toBe(
            'order-1',
        );
        expect(clock.slept).toEqual([3000, 4500, 6750]);
    });

    it('is not ordered again by the run after one that was killed', async () => {
        await expect(keeper().await(report([]))).rejects.toThrow('order-1 is still not ready');
        expect(await keeper().await(report(['ready']))).toBe('order-1');
        expect(orders).toBe(1);
    });

    it('is ordered again when the system has forgotten it', async () => {
        await keeper().await(report(['ready']));
        clock.advance(3_600_001);
        expect(await keeper().await(report(['ready']))).toBe('order-2');
    });

    it('is ordered again when it is lost, but once', async () => {
        expect(await keeper().await(report(['lost', 'ready']))).toBe('order-2');
        await expect(keeper().await(report(['lost', 'lost'], 'x'))).rejects.toThrow('gave up');
    });

    it('of other parameters is another report, and a landed one is forgotten', async () => {
        await keeper().await(report(['ready']));
        expect(await keeper().await(report(['ready'], '2026-11-02'))).toBe('order-2');
        keeper().forget({ day: '2026-11-01' });
        expect(await keeper().await(report(['ready']))).toBe('order-3');
    });
});
