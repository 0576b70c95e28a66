import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLanding } from '../../../pipelines/sources/api/landing.ts';
import { createTestClock } from './test-clock.ts';

let directory: string;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-landing-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

it('keeps pages as they came, whatever they hold', async () => {
    const pages = [
        { slice: 'a', next: { after: 'ț' }, text: '{"name":"Ștefan\\n"}\n{"slice":"b"}\n' },
        { slice: 'b c', next: 0, text: '' },
        { slice: 'a', next: undefined, text: '\n' },
        { slice: 'a', next: null, text: '🙂\r\n\0' },
    ];
    const landing = openLanding(join(directory, 'deals'), 'landing/crm/deals', createTestClock());
    const run = await landing.begin({ scope: 's', from: null, plan: { slices: [] } });
    for (const [index, page] of pages.entries()) {
        run.land(page);
        if (index === 1) await run.flush();
    }
    await run.finish();
    const [found] = landing.runs();
    expect(found?.isDone).toBe(true);
    expect([...(found?.pages() ?? [])]).toEqual(
        pages.map((page, index) => ({ ...page, page: index + 1 })),
    );
});

it('writes no page behind one that could not be written', async () => {
    const landing = openLanding(directory, 'landing', createTestClock());
    const run = await landing.begin({ scope: 's', from: null, plan: { slices: [] } });
    const blocked = join(directory, run.id, '000001.pages.gz');
    run.land({ slice: 'a', next: 1, text: '1' });
    mkdirSync(blocked);
    await expect(run.flush()).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    rmdirSync(blocked);
    run.land({ slice: 'a', next: undefined, text: '2' });
    await expect(run.finish()).rejects.toThrow();
    expect(readdirSync(join(directory, run.id)).filter((name) => name.endsWith('.gz'))).toEqual([]);
    expect(landing.runs().some(({ isDone }) => isDone)).toBe(false);
});

it('lets pages wait while more than one file is on its way to the disk', async () => {
    const landing = openLanding(directory, 'landing', createTestClock());
    const run = await landing.begin({ scope: 's', from: null, plan: { slices: [] } });
    const text = 'x'.repeat(4 * 1024 * 1024);
    const written = () =>
        readdirSync(join(directory, run.id)).filter((name) => name.endsWith('.gz')).length;
    run.land({ slice: 'a', next: 1, text });
    await run.room();
    run.land({ slice: 'a', next: 2, text });
    await run.room();
    expect(written()).toBeGreaterThanOrEqual(1);
    await run.finish();
    expect(written()).toBe(2);
});
