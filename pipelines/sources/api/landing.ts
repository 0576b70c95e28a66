import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { Clock } from './clock.ts';
import type { Plan } from './connector.ts';
import type { Days } from './days.ts';
import type { Json } from './json.ts';
import { writePrivately } from './private-file.ts';

const pack = promisify(gzip);

/** A file is written when it holds so much, or this long after its first page. */
const fileBytes = 4 * 1024 * 1024;
const fileMs = 10_000;
const askFile = 'asked.json';
const doneFile = 'done.json';

export interface LandedPage {
    /** Name of its slice. */
    readonly slice: string;
    readonly next: Json | undefined;
    readonly text: string;
}

/** The pages of a run are counted from 1, over all its files. */
export interface LandedPlace {
    readonly page: number;
}

/** What a run set out to ask. */
export interface Asked {
    /** Hash of the settings that decide what is asked, and how it is read. */
    readonly scope: string;
    /** Cursor it began with. */
    readonly from: string | null;
    /** Of a backfill. */
    readonly days?: Days | undefined;
    readonly plan: Plan;
}

export interface LandingRun {
    /** Sorts by time. */
    readonly id: string;
    /** Its folder, as messages name it. */
    readonly shownAs: string;
    readonly asked: Asked;
    readonly startedAt: number;
    readonly isDone: boolean;
    /** Pages that are on the disk, in the order in which they came. */
    readonly pages: () => Generator<LandedPage & LandedPlace>;
    /** Keeps a page; files are written while others are asked for. */
    readonly land: (page: LandedPage) => LandedPlace;
    /** Waits while there are more pages than one file under way to the disk. */
    readonly room: () => Promise<void>;
    /** Puts on the disk what has landed. */
    readonly flush: () => Promise<void>;
    /** All pages are there, and on the disk. */
    readonly finish: () => Promise<void>;
    readonly remove: () => void;
}

export interface Landing {
    readonly begin: (asked: Asked) => Promise<LandingRun>;
    readonly runs: () => readonly LandingRun[];
}

/**
 * Keeps the pages of one feed as they came, a folder for each run: gzipped, each page behind a line of
 * JSON that says what it is. A file appears whole or not at all, so a run that is killed leaves the pages
 * it had.
 * @param shownAs the folder, as messages name it
 */
export function openLanding(directory: string, shownAs: string, clock: Clock): Landing {
    const open = (id: string) => openRun(join(directory, id), `${shownAs}/${id}`, id, clock);
    return {
        begin: async (asked) => {
            const id = newId(clock.now(), directory);
            const startedAt = clock.now();
            mkdirSync(join(directory, id), { recursive: true, mode: 0o700 });
            const content = JSON.stringify({ ...asked, startedAt });
            await writePrivately(join(directory, id, askFile), content);
            return open(id);
        },
        runs: () => {
            if (!existsSync(directory)) return [];
            const ids = readdirSync(directory).filter((id) =>
                existsSync(join(directory, id, askFile)),
            );
            return ids.sort().map(open);
        },
    };
}

/** `20261129T134451123Z`; two in one millisecond are a test's. */
function newId(now: number, directory: string): string {
    for (let time = now; ; time += 1) {
        const id = new Date(time).toISOString().replace(/[-:.]/g, '');
        if (!existsSync(join(directory, id))) return id;
    }
}

function openRun(directory: string, shownAs: string, id: string, clock: Clock): LandingRun {
    const asked = JSON.parse(readFileSync(join(directory, askFile), 'utf8')) as Asked & {
        readonly startedAt: number;
    };
    const files = () =>
        readdirSync(directory)
            .filter((name) => name.endsWith('.pages.gz'))
            .sort();
    let number = files().length + 1;
    let pages: number | undefined;
    let waiting: Buffer[] = [];
    let bytes = 0;
    let since = 0;
    const nameOf = (of: number) => `${String(of).padStart(6, '0')}.pages.gz`;
    let writing = Promise.resolve();
    let writtenBefore = writing;
    // One after another: a page on the disk without the one before it would be gone on from.
    const write = () => {
        if (waiting.length === 0) return;
        const content = Buffer.concat(waiting);
        const path = join(directory, nameOf(number));
        number += 1;
        waiting = [];
        bytes = 0;
        writtenBefore = writing;
        writing = writing.then(async () => writePrivately(path, await pack(content, { level: 1 })));
        // Whoever waits hears of it.
        writing.catch(() => {});
    };
    const flush = () => {
        write();
        return writing;
    };
    function* pagesOf(names: readonly string[]): Generator<LandedPage> {
        for (const name of names) yield* unframed(gunzipSync(readFileSync(join(directory, name))));
    }
    return {
        id,
        shownAs,
        asked,
        startedAt: asked.startedAt,
        isDone: existsSync(join(directory, doneFile)),
        *pages() {
            let count = 0;
            for (const page of pagesOf(files())) yield { ...page, page: ++count };
            pages = count;
        },
        land: (page) => {
            if (waiting.length === 0) since = clock.now();
            const framed = frame(page);
            waiting.push(framed);
            bytes += framed.length;
            pages ??= [...pagesOf(files())].length;
            pages += 1;
            if (bytes >= fileBytes || clock.now() - since >= fileMs) write();
            return { page: pages };
        },
        room: () => writtenBefore,
        flush,
        finish: async () => {
            await flush();
            await writePrivately(join(directory, doneFile), '{}');
        },
        remove: () => rmSync(directory, { recursive: true, force: true }),
    };
}

interface PageHead {
    readonly slice: string;
    readonly next?: Json;
    /** Length of the body that follows. */
    readonly bytes: number;
}

function frame({ slice, next, text }: LandedPage): Buffer {
    const bytes = Buffer.byteLength(text);
    const head: PageHead = { slice, bytes, ...(next === undefined ? {} : { next }) };
    return Buffer.from(`${JSON.stringify(head)}\n${text}\n`);
}

function* unframed(content: Buffer): Generator<LandedPage> {
    for (let start = 0; start < content.length; ) {
        const end = content.indexOf('\n', start);
        const head = content.toString('utf8', start, end);
        const { slice, next, bytes } = JSON.parse(head) as PageHead;
        yield { slice, next, text: content.toString('utf8', end + 1, end + 1 + bytes) };
        start = end + 1 + bytes + 1;
    }
}
