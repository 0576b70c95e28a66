import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { classifyByStatus } from '../../pipelines/sources/api/answer.ts';
import { systemClock } from '../../pipelines/sources/api/clock.ts';
import type { Feed } from '../../pipelines/sources/api/connector.ts';
import { extractFeed } from '../../pipelines/sources/api/extract.ts';
import { createHttp } from '../../pipelines/sources/api/http.ts';
import { openLanding } from '../../pipelines/sources/api/landing.ts';
import type { BenchCase, Result } from '../bench-case.ts';
import { dataDirectory } from '../data-set.ts';
import { spreadOf } from '../measure/spread.ts';
import { served } from '../measure/worker.ts';

const latencyMs = 50;
const seconds = 20;
const smallestShare = 0.9;

/** Limits of systems, and how many parts of a feed are asked for side by side. */
const limits = [
    { perSecond: 2, concurrency: 1 },
    { perSecond: 10, concurrency: 1 },
    { perSecond: 25, concurrency: 4 },
    { perSecond: 100, concurrency: 16 },
];

/** How much of what a system allows is asked. */
export const limitUse: BenchCase = {
    id: 'R2',
    title: `questions a second of a system that allows so many and takes ${latencyMs} ms for each`,
    measure: async ({ runs, say }) => {
        const results: Result[] = [];
        for (const limit of limits) {
            const all: Counts[] = [];
            for (let run = 0; run < runs; run += 1) {
                const one = await askFor(limit);
                say(
                    `  ${limit.perSecond}/s: ${one.perSecond.toFixed(1)}/s, ${one.refused} refused`,
                );
                all.push(one);
            }
            const rate = spreadOf(all.map(({ perSecond }) => perSecond));
            const refused = spreadOf(all.map((one) => one.refused));
            const what = `${limit.perSecond} a second allowed, ${limit.concurrency} side by side`;
            const least = smallestShare * limit.perSecond;
            results.push(
                {
                    ...{ what, who: 'jointly', unit: 'questions/s', measured: rate },
                    ...{ ratio: rate.median / limit.perSecond, goal: '>= 0.9' },
                    isMet: rate.median >= least,
                },
                {
                    ...{ what, who: 'jointly', unit: 'refused', measured: refused },
                    ...{ goal: '0', isMet: refused.max === 0 },
                },
            );
        }
        return {
            results,
            notes: [
                'Through the HTTP client, limiter, extraction and landing of every connection; the server, another process, counts what comes in any second and refuses what is too much.',
                `From the first question to the last answer, ${seconds} seconds of what is allowed; "ours/this" is the share of the allowed rate.`,
            ],
        };
    },
};

interface Counts {
    readonly perSecond: number;
    readonly refused: number;
}

interface Limit {
    readonly perSecond: number;
    readonly concurrency: number;
}

async function askFor({ perSecond, concurrency }: Limit): Promise<Counts> {
    const folder = mkdtempSync(join(dataDirectory, 'limit-'));
    try {
        return await served('limited', [perSecond, latencyMs].map(String), async (address) => {
            // Loading what speaks HTTP would hold up the first question alone.
            await (await fetch(`${address}/counts`)).text();
            const feed = feedOf(address, perSecond, concurrency);
            const begin = performance.now();
            const { askedPages } = await extractFeed(feed, {
                connection: 'bench',
                clock: systemClock,
                landing: openLanding(folder, 'landing', systemClock),
                ...{ scope: '', cursor: null, loadedRun: null, isFullRefresh: false },
                onRows: () => {},
                onIds: () => {},
            });
            const passed = (performance.now() - begin) / 1000;
            const counts = await (await fetch(`${address}/counts`)).json();
            const { refused } = counts as { readonly refused: number };
            return { perSecond: askedPages / passed, refused };
        });
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Twice as many slices as are asked side by side, of as many pages as take the time. */
function feedOf(address: string, perSecond: number, concurrency: number): Feed {
    const slices = concurrency * 2;
    const pages = Math.ceil((perSecond * seconds) / slices);
    const http = createHttp({
        connection: 'bench',
        clock: systemClock,
        classify: classifyByStatus,
        perSecond: () => perSecond,
        authorise: async () => ({}),
        onRefused: '',
        secrets: [],
    });
    return {
        name: 'pages',
        streams: [],
        concurrency,
        plan: async () => ({
            slices: Array.from({ length: slices }, (_, slice) => ({ name: `${slice}`, place: 1 })),
        }),
        ask: async (place) => {
            const { text } = await http.ask({ url: `${address}/page` });
            const next = Number(place) + 1;
            return { text, next: next > pages ? undefined : next };
        },
        read: () => ({ rows: [] }),
    };
}
