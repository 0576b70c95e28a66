import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../pipelines/config.ts';
import type { BenchCase } from '../bench-case.ts';
import { copyTree } from '../measure/copy-tree.ts';
import { spreadOf } from '../measure/spread.ts';
import { startUntilServed } from '../measure/start-until-served.ts';

const laterGoal = 45;
const firstGoal = 300;

/** P9: from `npm start` to an address, in a fresh copy and again with nothing changed. */
export const start: BenchCase = {
    id: 'P9',
    title: 'npm start until the address is printed',
    measure: async ({ runs, say }) => {
        const folder = mkdtempSync(join(tmpdir(), 'jointly-bench-'));
        try {
            await copyTree(projectRoot, folder);
            const first = await startUntilServed(folder);
            for (const line of first.lines) say(`  ${line}`);
            say(`  first start: ${first.seconds.toFixed(1)} s`);
            const later: number[] = [];
            for (let round = 1; round <= runs; round++) {
                const { seconds } = await startUntilServed(folder);
                later.push(seconds);
                say(`  ${round}/${runs}  later start: ${seconds.toFixed(1)} s`);
            }
            const again = spreadOf(later);
            const row = { who: 'jointly', unit: 's' };
            return {
                results: [
                    {
                        ...row,
                        what: 'first start in a fresh copy',
                        measured: spreadOf([first.seconds]),
                        goal: `<= ${firstGoal}`,
                        isMet: first.seconds <= firstGoal,
                    },
                    {
                        ...row,
                        what: 'later start, nothing changed',
                        measured: again,
                        goal: `<= ${laterGoal}`,
                        isMet: again.median <= laterGoal,
                    },
                ],
                notes: [
                    'The first start installs everything, with the package caches of the machine as they are, and is run once.',
                    'It makes, loads and transforms the full sample company and builds its pages.',
                ],
            };
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    },
};
