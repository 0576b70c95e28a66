import { serveSite } from '../../pipelines/serving/serve.ts';
import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { interleave } from '../measure/interleave.ts';
import { type PageLoad, withBrowser } from '../measure/page-load.ts';
import { builtPages } from '../measure/site-pages.ts';
import { spreadOf } from '../measure/spread.ts';
import { runVerb, sampleState } from '../sample-site.ts';

const firstPort = 4310;
const paintGoal = 1000;
const dataGoal = 200;

/** P7: what a reader waits for, page by page, with an empty cache. */
export const firstPaint: BenchCase = {
    id: 'P7',
    title: 'first number painted in headless Chromium on loopback, data of each page',
    measure: async (bench) => {
        const state = await sampleState(bench.say);
        await runVerb(state, 'publish');
        const serving = await serveSite(state.site, firstPort);
        try {
            return {
                results: await loadPages(bench, serving.url, builtPages(state.site)),
                notes: [
                    'Each load starts with an empty cache. Time runs from the start of the navigation to the frame after a number of a card or a table is visible.',
                    'data is what the network carried of result and table files; whole page is everything, compressed as served.',
                    'No filter is touched, so no page may fetch the engine (wasm).',
                    'The full sample company (factor 1); of pages that exist per channel or payee, one each.',
                    'Evidence as it comes is no rival here: its browser engine and its extensions have to be downloaded from a host that is not a package registry.',
                ],
            };
        } finally {
            await serving.close();
        }
    },
};

async function loadPages(bench: Bench, base: string, pages: readonly string[]): Promise<Result[]> {
    return withBrowser(async (load) => {
        const contestants = pages.map((path) => ({
            name: `/${path}`,
            run: () => load(new URL(path, base).href),
        }));
        const measured = await interleave(
            bench,
            contestants,
            ({ firstNumberMs, dataBytes, wasmRequests }) =>
                `${firstNumberMs.toFixed(0)} ms, ${(dataBytes / 1000).toFixed(0)} kB data, ${wasmRequests} wasm`,
        );
        return [
            ...contestants.flatMap(({ name }, index) => resultsOf(name, measured[index] ?? [])),
            engineResult(measured.flat()),
        ];
    });
}

function resultsOf(page: string, loads: readonly PageLoad[]): Result[] {
    const paint = spreadOf(loads.map((one) => one.firstNumberMs));
    const data = spreadOf(loads.map((one) => one.dataBytes / 1000));
    const whole = spreadOf(loads.map((one) => one.totalBytes / 1000));
    const row = { who: 'jointly' };
    return [
        {
            ...row,
            what: `${page} first number`,
            unit: 'ms',
            measured: paint,
            goal: `< ${paintGoal}`,
            isMet: paint.median < paintGoal,
        },
        {
            ...row,
            what: `${page} data`,
            unit: 'kB',
            measured: data,
            goal: `< ${dataGoal}`,
            isMet: data.max < dataGoal,
        },
        { ...row, what: `${page} whole page`, unit: 'kB', measured: whole },
    ];
}

function engineResult(loads: readonly PageLoad[]): Result {
    const fetched = spreadOf(loads.map((one) => one.wasmRequests));
    return {
        what: 'all pages, engine fetched',
        who: 'jointly',
        unit: 'times',
        measured: fetched,
        goal: '0',
        isMet: fetched.max === 0,
    };
}
