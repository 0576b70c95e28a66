import { mkdtempSync, rmSync } from 'node:fs';
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

it('keeps pages as they came, whatever they hold', () => {
    const pages = [
        { slice: 'a', next: { after: 'ț' }, text: '{"name":"Ștefan\\n"}\n{"slice":"b"}\n' },
        { slice: 'b c', next: 0, text: '' },
        { slice: 'a', next: undefined, text: '\n' },
        { slice: 'a', next: null, text: '🙂\r\n\0' },
    ];
    const landing = openLanding(join(directory, 'deals'), 'landing/crm/deals', createTestClock());
    const run = landing.begin({ scope: 's', from: null, plan: { slices: [] } });
    for (const [index, page] of pages.entries()) {
        run.land(page);
        if (index === 1) run.flush();
    }
    run.finish();
    const [found] = landing.runs();
    expect(found?.isDone).toBe(true);
    expect([...(found?.pages() ?? [])]).toEqual(
        pages.map((page, index) => ({ ...page, page: index + 1 })),
    );
});
