import type { Clock } from './clock.ts';
import type { Covered, Feed, Plan, SourceRow, WholeRecord } from './connector.ts';
import type { Days } from './days.ts';
import { RefusedQuestion } from './http.ts';
import type { Json } from './json.ts';
import type { LandedPage, LandedPlace, Landing, LandingRun } from './landing.ts';
import { createTrail } from './trail.ts';

/** A run that was killed is gone on with for so long: tokens of pages do not hold for ever. */
const resumableMs = 24 * 60 * 60_000;

export type TakeRows = (rows: readonly SourceRow[], place: LandedPlace) => void;

/** How far a feed is. */
export interface Progress {
    readonly rows: number;
    readonly pages: number;
    readonly slicesDone: number;
    readonly slices: number;
}

export interface ExtractOptions {
    readonly connection: string;
    readonly clock: Clock;
    readonly landing: Landing;
    /** Hash of the settings that decide what is asked, and how it is read. */
    readonly scope: string;
    /** What the last load of this feed reached; null to ask for everything. */
    readonly cursor: string | null;
    /** Run whose pages the warehouse has. */
    readonly loadedRun: string | null;
    readonly isFullRefresh: boolean;
    /** Of a backfill: these are asked for, and the cursor stays. */
    readonly days?: Days | undefined;
    readonly onProgress?: ((progress: Progress) => void) | undefined;
    readonly onRows: TakeRows;
    /** Of a census. */
    readonly onIds: (ids: readonly string[]) => void;
    /** Records that are whole. */
    readonly onRecords?: (records: readonly WholeRecord[]) => void;
}

export interface Extraction {
    readonly run: string;
    /** Folder of its pages, as messages name it. */
    readonly shownAs: string;
    readonly cursor: string | null;
    readonly covered: readonly Covered[];
    /** Pages that were asked for, without those that an earlier run had landed. */
    readonly askedPages: number;
    /** Whether there was anything to ask for. */
    readonly isDue: boolean;
}

/**
 * Asks for what is new of one feed, lands it and hands its rows over. A run that was killed, or whose
 * load failed, is gone on with where it stood.
 * @throws SourceError when the system does not answer
 */
export async function extractFeed(feed: Feed, options: ExtractOptions): Promise<Extraction> {
    const { landing, scope, cursor, days } = options;
    const earlier = resumable(options);
    const plan = earlier?.asked.plan ?? (await feed.plan(cursor, days));
    if (plan.slices.length === 0) {
        const run = options.loadedRun ?? '';
        return { run, shownAs: run, cursor, covered: [], askedPages: 0, isDue: false };
    }
    const run = earlier ?? (await landing.begin({ scope, from: cursor, days, plan }));
    const reader = createReader(feed, plan, options);
    const places = new Map<string, Json | undefined>(
        plan.slices.map(({ name, place }) => [name, place]),
    );
    for (const page of earlier?.pages() ?? []) {
        reader.read(page, page);
        places.set(page.slice, page.next);
    }
    const open = [...places].filter(([, place]) => place !== undefined);
    const waiting = open.values();
    let askedPages = 0;
    let slicesDone = places.size - open.length;
    try {
        await inLanes(feed.concurrency ?? 1, async (hasFailed) => {
            for await (const page of askAhead(waiting, feed, options.connection)) {
                askedPages += 1;
                reader.read(page, run.land(page));
                if (page.next === undefined) slicesDone += 1;
                options.onProgress?.({
                    rows: reader.rows(),
                    pages: askedPages,
                    slicesDone,
                    slices: places.size,
                });
                await run.room();
                if (hasFailed()) return;
            }
        });
        if (!run.isDone) await run.finish();
    } catch (error) {
        await run.flush();
        // Its next page is no longer known: going on would fail for ever.
        if (earlier && askedPages === 0 && error instanceof RefusedQuestion) earlier.remove();
        throw error;
    }
    return {
        run: run.id,
        shownAs: run.shownAs,
        cursor: plan.cursor ?? reader.latest() ?? cursor,
        covered: plan.covered ?? [],
        askedPages,
        isDue: true,
    };
}

function resumable(options: ExtractOptions): LandingRun | undefined {
    const { landing, scope, cursor, days, loadedRun, clock } = options;
    const runs = landing.runs();
    const last = runs.at(-1);
    const isNew = last !== undefined && last.id > (loadedRun ?? '');
    const isSame =
        last?.asked.scope === scope &&
        last.asked.from === cursor &&
        JSON.stringify(last.asked.days) === JSON.stringify(days);
    const isYoung = clock.now() - (last?.startedAt ?? 0) < resumableMs;
    const kept = isNew && isSame && isYoung && !options.isFullRefresh ? last : undefined;
    // Of a run that nobody goes on with nothing was loaded.
    for (const run of runs) if (!run.isDone && run !== kept) run.remove();
    return kept;
}

/** Hands over the rows of a landed run again, without a question. */
export function replayRun(
    feed: Feed,
    run: LandingRun,
    options: Pick<ExtractOptions, 'cursor' | 'onRows' | 'onIds' | 'onRecords'>,
): Extraction {
    const { plan } = run.asked;
    const reader = createReader(feed, plan, options);
    for (const page of run.pages()) reader.read(page, page);
    return {
        run: run.id,
        shownAs: run.shownAs,
        cursor: plan.cursor ?? reader.latest() ?? options.cursor,
        covered: plan.covered ?? [],
        askedPages: 0,
        isDue: true,
    };
}

function createReader(
    feed: Feed,
    { lookups }: Plan,
    { onRows, onIds, onRecords }: Pick<ExtractOptions, 'onRows' | 'onIds' | 'onRecords'>,
) {
    let latest: string | undefined;
    let rows = 0;
    return {
        read: (page: LandedPage, place: LandedPlace) => {
            const content = feed.read(page.text, lookups);
            onRows(content.rows, place);
            rows += content.rows.length;
            if (content.ids) onIds(content.ids);
            if (content.records) onRecords?.(content.records);
            if (content.latest && content.latest > (latest ?? '')) latest = content.latest;
        },
        latest: () => latest,
        rows: () => rows,
    };
}

/**
 * Pages of slices, which are taken one after another. While a page is read, the system works on the next:
 * one question is under way at a time.
 */
async function* askAhead(
    waiting: Iterable<readonly [slice: string, place: Json | undefined]>,
    feed: Feed,
    connection: string,
): AsyncGenerator<LandedPage> {
    const newTrail = () => createTrail(`${connection}, ${feed.name}`);
    let follow = newTrail();
    const ask = (slice: string, place: Json) => {
        follow(place);
        const page = feed.ask(place);
        // Of a failure is heard when its turn comes.
        page.catch(() => {});
        return { slice, page };
    };
    const begin = () => {
        for (const [slice, place] of waiting) {
            follow = newTrail();
            if (place !== undefined) return ask(slice, place);
        }
        return undefined;
    };
    let asked = begin();
    try {
        while (asked !== undefined) {
            const { slice } = asked;
            const { text, next } = await asked.page;
            asked = next === undefined ? begin() : ask(slice, next);
            yield { slice, next, text };
        }
    } finally {
        await Promise.allSettled([asked?.page]);
    }
}

/** Works side by side; when one fails, the others end what is under way. */
async function inLanes(
    width: number,
    work: (hasFailed: () => boolean) => Promise<void>,
): Promise<void> {
    const failures: unknown[] = [];
    const lane = () => work(() => failures.length > 0).catch((error) => failures.push(error));
    await Promise.all(Array.from({ length: width }, lane));
    if (failures.length > 0) throw failures[0];
}
