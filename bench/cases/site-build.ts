import { readdirSync, rmSync } from 'node:fs';
import type { BenchCase, Result } from '../bench-case.ts';
import { interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/spread.ts';
import { earlierState, runVerb, sampleState } from '../sample-site.ts';

const buildGoal = 90;
const publishGoal = 20;

/** P8: compiling and rendering every page, and rendering them again for new data. */
export const siteBuild: BenchCase = {
    id: 'P8',
    title: 'build of the pages, and publishing new data without new code',
    measure: async (bench) => {
        const state = await sampleState(bench.say);
        const earlier = await earlierState(state, '2026-03-31', bench.say);
        const measured = await interleave(
            bench,
            [
                {
                    name: 'pages compiled, data exported',
                    run: () => runVerb(state, 'publish', '--full-refresh'),
                },
                {
                    // The compiled pages hold the other state's data, so this is new data to them.
                    name: 'new data, same code',
                    run: () => {
                        rmSync(earlier.site, { recursive: true, force: true });
                        return runVerb(earlier, 'publish');
                    },
                },
            ],
            (seconds) => `${seconds.toFixed(1)} s`,
        );
        const [build, publish] = measured.map(spreadOf);
        if (!build || !publish) throw new Error('a build measured nothing');
        const pages = countPages(state.site);
        const row = (what: string, spread: Result['measured'], goal: number): Result => ({
            what: `${what}, ${pages} pages`,
            who: 'jointly',
            unit: 's',
            measured: spread,
            goal: `<= ${goal}`,
            isMet: spread.median <= goal,
        });
        return {
            results: [
                row('full build', build, buildGoal),
                row('publish new data', publish, publishGoal),
            ],
            notes: [
                'Each is the whole command `jointly publish`, on the full sample company (factor 1).',
                'A full build compiles every page; only files of libraries that were compressed once are not compressed again.',
                'Evidence as it comes is no rival here: its browser engine and its extensions have to be downloaded from a host that is not a package registry.',
            ],
        };
    },
};

function countPages(site: string): number {
    const files = readdirSync(site, { recursive: true, encoding: 'utf8' });
    return files.filter((name) => name.endsWith('index.html')).length;
}
