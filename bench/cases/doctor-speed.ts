import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../../pipelines/config.ts';
import type { BenchCase } from '../bench-case.ts';
import { adSpendFile, dataDirectory } from '../data-set.ts';
import { interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/spread.ts';

const inputs = 10;
const rows = 1_000_000;
const goal = 2;

/** P12: a look into the files answers while somebody waits. */
export const doctorSpeed: BenchCase = {
    id: 'P12',
    title: 'doctor on ten inputs of 100 MB each',
    measure: async (bench) => {
        const file = await adSpendFile(rows, 'csv');
        const folder = mkdtempSync(join(dataDirectory, 'doctor-'));
        const names = Array.from({ length: inputs }, (_, at) => `input_${at}`);
        for (const name of names) symlinkSync(file, join(folder, `${name}.csv`));
        const company = { id: 'bench', name: 'B', currency: 'EUR', timezone: 'UTC', country: 'RO' };
        const config = join(folder, 'c.json');
        const list = names.map((name) => ({ name, stream: 'ad_spend', files: [`${name}.csv`] }));
        writeFileSync(config, JSON.stringify({ company, inputs: list }));
        const run = async (which: string) => {
            writeFileSync(config, JSON.stringify({ company, inputs: which === 'ten' ? list : [] }));
            const start = performance.now();
            const options = ['--config', config, '--warehouse', join(folder, 'w.duckdb')];
            const { stderr } = await execa(process.execPath, [
                ...['--import', import.meta.resolve('../workers/processor-time.ts')],
                join(projectRoot, 'bin/jointly.mjs'),
                ...['doctor', ...options],
            ]);
            const seconds = (performance.now() - start) / 1000;
            const used = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
            return { seconds, processorSeconds: Number(used.processorSeconds) };
        };
        try {
            const contestants = ['ten', 'none'].map((which) => ({
                name: `${which} of the inputs`,
                run: () => run(which),
            }));
            const measured = await interleave(
                bench,
                contestants,
                (one) =>
                    `${one.seconds.toFixed(2)} s, ${one.processorSeconds.toFixed(2)} s of processor`,
            );
            const [ten, none] = measured.map((runs) => spreadOf(runs.map((one) => one.seconds)));
            const [tenUsed, noneUsed] = measured.map((runs) =>
                spreadOf(runs.map((one) => one.processorSeconds)),
            );
            if (!ten || !none || !tenUsed || !noneUsed) throw new Error('nothing was measured');
            const what = `${inputs} inputs of ${Math.round(statSync(file).size / 1e6)} MB`;
            return {
                results: [
                    {
                        ...{ what, who: 'jointly', unit: 's', measured: ten },
                        ...{ goal: `< ${goal}`, isMet: ten.median < goal },
                    },
                    { what, who: 'jointly', unit: 's of processor', measured: tenUsed },
                    { what: 'no input', who: 'jointly', unit: 's', measured: none },
                    {
                        what: 'no input',
                        who: 'jointly',
                        unit: 's of processor',
                        measured: noneUsed,
                    },
                ],
                notes: [
                    'The whole command, with the start of Node and the versions of dbt and DuckDB in it.',
                    'Processor time is that of the command, without Python, which it asks for two versions.',
                ],
            };
        } finally {
            rmSync(folder, { recursive: true, force: true });
        }
    },
};
