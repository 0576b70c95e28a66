import { SourceError } from '../../errors.ts';
import type { Clock } from './clock.ts';
import type { Covered, Feed, Plan, SourceRow, WholeRecord } from './connector.ts';
import type { Days } from './days.ts';
import { RefusedQuestion } from './http.ts';
import type { Json } from './json.ts';
import type { LandedPage, LandedPlace, Landing, LandingRun } from './landing.ts';

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
    const run = earlier ?? landing.begin({ scope, from: cursor, days, plan });
    const reader = createReader(feed, plan, options);
    const places = new Map<string, Json | undefined>(
        plan.slices.map(({ name, place }) => [name, place]),
    );
    for (const page of earlier?.pages() ?? []) {
        reader.read(page, page);
        places.set(page.slice, page.next);
    }
    let askedPages = 0;
    let slicesDone = 0;
    const tell = () =>
        options.onProgress?.({
            rows: reader.rows(),
            pages: askedPages,
            slicesDone,
            slices: places.size,
        });
    try {
        await inParallel([...places], feed.concurrency ?? 1, async ([slice, first]) => {
            const seen = new Set<string>();
            for (let place = first; place !== undefined; ) {
                assertNew(place, seen, feed, options.connection);
                const { text, next } = await feed.ask(place);
                askedPages += 1;
                const page: LandedPage = { slice, next, text };
                reader.read(page, run.land(page));
                place = next;
                tell();
            }
            slicesDone += 1;
            tell();
        });
        if (!run.isDone) run.finish();
    } catch (error) {
        run.flush();
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

/** A page that leads back to an earlier one would be asked for without end. */
function assertNew(place: Json, seen: Set<string>, feed: Feed, connection: string): void {
    const text = JSON.stringify(place);
    if (!seen.has(text)) {
        seen.add(text);
        return;
    }
    throw new SourceError({
        what: `${connection}, ${feed.name}: the pages lead in a circle.`,
        why: `${text} came as the next page a second time`,
        fix: 'run again; when it stays so, tell the support of the system',
    });
}

/** Works on some items at a time; after a failure begins no other, and ends those under way. */
async function inParallel<Item>(
    items: readonly Item[],
    width: number,
    work: (item: Item) => Promise<void>,
): Promise<void> {
    const waiting = items.values();
    const failures: unknown[] = [];
    const lane = async () => {
        for (const item of waiting) {
            if (failures.length > 0) return;
            await work(item).catch((error) => failures.push(error));
        }
    };
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
    if (failures.length > 0) throw failures[0];
}
