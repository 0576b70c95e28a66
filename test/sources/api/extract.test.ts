import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deals } from '../../../pipelines/contracts/streams/deals.ts';
import { type Feed, type Plan, rowOf } from '../../../pipelines/sources/api/connector.ts';
import {
    type ExtractOptions,
    extractFeed,
    replayRun,
} from '../../../pipelines/sources/api/extract.ts';
import { RefusedQuestion } from '../../../pipelines/sources/api/http.ts';
import { openLanding } from '../../../pipelines/sources/api/landing.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

let directory: string;
let clock: TestClock;
beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'jointly-landing-'));
    clock = createTestClock();
});
afterEach(() => rmSync(directory, { recursive: true }));

interface Pages {
    readonly plan?: Plan;
    /** Asked when this many pages have been asked for. */
    readonly failAt?: number;
    readonly failure?: Error;
}

const plan: Plan = { slices: ['a', 'b'].map((name) => ({ name, place: `${name}1` })) };

/** Two slices of three pages; each page holds one deal. */
function createFeed({ plan: own = plan, failAt, failure = new Error('killed') }: Pages = {}) {
    const asked: string[] = [];
    const feed: Feed = {
        name: 'deals',
        streams: ['deals'],
        plan: async () => own,
        ask: async (place) => {
            if (asked.length === failAt) throw failure;
            asked.push(place as string);
            const [slice, page] = [...(place as string)];
            const next = Number(page) + 1;
            return { text: `"${place}"`, next: next > 3 ? undefined : `${slice}${next}` };
        },
        read: (text) => ({
            rows: [rowOf(deals, { deal_id: JSON.parse(text) })],
            latest: `2026-11-0${text[2]}T00:00:00Z`,
        }),
    };
    return { feed, asked };
}

const landing = () => openLanding(join(directory, 'deals'), 'landing/crm/deals', clock);

function options(rows: string[], more: Partial<ExtractOptions> = {}): ExtractOptions {
    return {
        connection: 'crm',
        clock,
        landing: landing(),
        scope: 's',
        cursor: null,
        loadedRun: null,
        isFullRefresh: false,
        onIds: () => {},
        onRows: (some, { page }) => {
            for (const { cells } of some) rows.push(`${cells.deal_id}@${page}`);
        },
        ...more,
    };
}

describe('a run', () => {
    it('lands every page, and moves the cursor to the latest change', async () => {
        const rows: string[] = [];
        const extraction = await extractFeed(createFeed().feed, options(rows));
        expect(rows).toEqual(['a1@1', 'a2@2', 'a3@3', 'b1@4', 'b2@5', 'b3@6']);
        expect(extraction).toMatchObject({ cursor: '2026-11-03T00:00:00Z', askedPages: 6 });
        const [run] = landing().runs();
        expect([...(run?.pages() ?? [])].map(({ text }) => text)).toEqual([
            ...['"a1"', '"a2"', '"a3"', '"b1"', '"b2"', '"b3"'],
        ]);
    });

    it('leaves what only its owner can read', async () => {
        await extractFeed(createFeed().feed, options([]));
        const run = join(directory, 'deals', readdirSync(join(directory, 'deals'))[0] as string);
        expect(statSync(run).mode & 0o077).toBe(0);
        for (const file of readdirSync(run)) {
            expect(statSync(join(run, file)).mode & 0o077, file).toBe(0);
        }
    });

    it('tells how far it is', async () => {
        const told: unknown[] = [];
        const { feed } = createFeed();
        await extractFeed(feed, options([], { onProgress: (one) => told.push(one) }));
        expect(told.at(0)).toEqual({ rows: 1, pages: 1, slicesDone: 0, slices: 2 });
        expect(told.at(2)).toEqual({ rows: 3, pages: 3, slicesDone: 1, slices: 2 });
        expect(told.at(-1)).toEqual({ rows: 6, pages: 6, slicesDone: 2, slices: 2 });
    });

    it('of a backfill is gone on with by the same backfill alone', async () => {
        const days = { from: '2026-10-01', to: '2026-10-31' };
        const killed = createFeed({ failAt: 4 });
        await expect(extractFeed(killed.feed, options([], { days }))).rejects.toThrow('killed');
        const again = createFeed();
        const { run } = await extractFeed(again.feed, options([], { days }));
        expect(again.asked).toEqual(['b2', 'b3']);
        // It is there, but not loaded: of other days it says nothing.
        const load = createFeed();
        clock.advance(1);
        expect((await extractFeed(load.feed, options([]))).run).not.toBe(run);
        expect(load.asked).toHaveLength(6);
    });

    it('that was killed is gone on with where it stood', async () => {
        const killed = createFeed({ failAt: 4 });
        await expect(extractFeed(killed.feed, options([]))).rejects.toThrow('killed');
        const { feed, asked } = createFeed();
        const rows: string[] = [];
        const extraction = await extractFeed(feed, options(rows));
        expect(asked).toEqual(['b2', 'b3']);
        expect(rows.map((row) => row.slice(0, 2))).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
        expect(extraction.cursor).toBe('2026-11-03T00:00:00Z');
        expect(landing().runs()).toHaveLength(1);
    });

    it('whose load failed is loaded again without a question', async () => {
        const first = await extractFeed(createFeed().feed, options([]));
        const { feed, asked } = createFeed();
        const rows: string[] = [];
        expect(await extractFeed(feed, options(rows))).toMatchObject({ run: first.run });
        expect(asked).toEqual([]);
        expect(rows).toHaveLength(6);
    });

    it.each<[string, Partial<ExtractOptions>]>([
        ['another cursor', { cursor: '2026-01-01T00:00:00Z' }],
        ['other settings', { scope: 'other' }],
        ['a full refresh', { isFullRefresh: true }],
    ])('is not gone on with by a run with %s', async (_, more) => {
        await expect(extractFeed(createFeed({ failAt: 4 }).feed, options([]))).rejects.toThrow();
        const { feed, asked } = createFeed();
        await extractFeed(feed, options([], more));
        expect(asked).toHaveLength(6);
    });

    it('is not gone on with when it is loaded, or a day old', async () => {
        const { run } = await extractFeed(createFeed().feed, options([]));
        const again = createFeed();
        await extractFeed(again.feed, options([], { loadedRun: run }));
        expect(again.asked).toHaveLength(6);
        await expect(
            extractFeed(createFeed({ failAt: 2 }).feed, options([], { scope: 't' })),
        ).rejects.toThrow();
        clock.advance(24 * 3_600_000);
        const later = createFeed();
        await extractFeed(later.feed, options([], { scope: 't' }));
        expect(later.asked).toHaveLength(6);
    });

    it('whose next page is refused begins anew the next time', async () => {
        await expect(extractFeed(createFeed({ failAt: 4 }).feed, options([]))).rejects.toThrow();
        const failure = new RefusedQuestion({ what: 'the page is no longer known' });
        const refused = createFeed({ failAt: 0, failure });
        await expect(extractFeed(refused.feed, options([]))).rejects.toThrow('no longer known');
        const { feed, asked } = createFeed();
        await extractFeed(feed, options([]));
        expect(asked).toHaveLength(6);
    });

    it('that has nothing to ask for leaves nothing behind', async () => {
        const { feed, asked } = createFeed({ plan: { slices: [] } });
        const extraction = await extractFeed(feed, options([], { cursor: 'c', loadedRun: 'r' }));
        expect(extraction).toMatchObject({ isDue: false, cursor: 'c', run: 'r' });
        expect([asked, landing().runs()]).toEqual([[], []]);
    });

    it('does not go round in a circle', async () => {
        const { feed } = createFeed();
        const circle: Feed = { ...feed, ask: async () => ({ text: '"a1"', next: 'a1' }) };
        await expect(extractFeed(circle, options([]))).rejects.toThrow('lead in a circle');
    });

    it('asks slices side by side when it may', async () => {
        const { feed, asked } = createFeed();
        await extractFeed({ ...feed, concurrency: 2 }, options([]));
        expect(asked.slice(0, 2)).toEqual(['a1', 'b1']);
        expect(asked).toHaveLength(6);
    });

    it('asks for the next page, of the same slice or the next, while one is read', async () => {
        const { feed, asked } = createFeed();
        const ahead: string[] = [];
        const read: Feed['read'] = (text, lookups) => {
            ahead.push(`${JSON.parse(text)} ${asked.at(-1)}`);
            return feed.read(text, lookups);
        };
        await extractFeed({ ...feed, read }, options([]));
        expect(ahead).toEqual(['a1 a2', 'a2 a3', 'a3 b1', 'b1 b2', 'b2 b3', 'b3 b3']);
    });

    it.each([1, 2])('never has more than %i questions under way when it may not', async (width) => {
        const { feed } = createFeed();
        let underWay = 0;
        let most = 0;
        const ask: Feed['ask'] = async (place) => {
            underWay += 1;
            most = Math.max(most, underWay);
            await new Promise((resolve) => setImmediate(resolve));
            underWay -= 1;
            return feed.ask(place);
        };
        await extractFeed({ ...feed, ask, concurrency: width }, options([]));
        expect(most).toBe(width);
    });

    it('of which a page cannot be read waits for the question under way, and keeps what was read', async () => {
        const { feed, asked } = createFeed();
        let isAnswered = false;
        const ask: Feed['ask'] = async (place) => {
            const page = await feed.ask(place);
            await new Promise((resolve) => setImmediate(resolve));
            isAnswered = place === 'b1';
            return page;
        };
        const read: Feed['read'] = (text, lookups) => {
            if (text === '"a3"') throw new Error('not what was promised');
            return feed.read(text, lookups);
        };
        await expect(extractFeed({ ...feed, ask, read }, options([]))).rejects.toThrow('promised');
        expect(isAnswered).toBe(true);
        asked.length = 0;
        await extractFeed(feed, options([]));
        expect(asked).toEqual(['b1', 'b2', 'b3']);
    });

    it('is replayed without a question', async () => {
        const first: string[] = [];
        const { cursor } = await extractFeed(createFeed().feed, options(first));
        const { feed, asked } = createFeed();
        const rows: string[] = [];
        for (const run of landing().runs()) {
            const replayed = replayRun(feed, run, options(rows));
            expect(replayed.cursor).toBe(cursor);
        }
        expect(rows).toEqual(first);
        expect(asked).toEqual([]);
    });
});
