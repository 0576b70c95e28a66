import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { projectRoot } from '../../pipelines/config.ts';
import { pythonCommand } from '../../pipelines/run/dbt.ts';
import type { BenchCase, Result } from '../bench-case.ts';
import { spreadOf } from '../measure/spread.ts';
import { formatNumber } from '../measure/table.ts';
import { payMonths, writePayCompany } from '../pay-company.ts';
import type { LoadReport } from '../workers/report.ts';

type Measured = Omit<LoadReport, 'rows'>;

const sizes = [
    { payees: 20, deals: 5_000 },
    { payees: 200, deals: 50_000 },
] as const;
const times = 10;
const waived = ['acknowledgements'];

/** P13: what finance waits for at the end of a month grows no faster than the company. */
export const closeSize: BenchCase = {
    id: 'P13',
    title: 'transform, close and files of 200 payees and 50,000 deals',
    measure: async ({ runs, say }) => {
        const found = sizes.map(() => new Map<string, Measured[]>());
        for (let round = 1; round <= runs; round += 1) {
            for (const [at, { payees, deals }] of sizes.entries()) {
                say(`  ${round}/${runs}  ${payees} payees, ${formatNumber(deals)} deals`);
                for (const [step, measured] of await closeYear(payees, deals, say)) {
                    found[at]?.set(step, [...(found[at]?.get(step) ?? []), measured]);
                }
            }
        }
        const [small, large] = found;
        const results = [...(large ?? [])].flatMap(([step, own]) =>
            compared(step, own, small?.get(step) ?? []),
        );
        return {
            results,
            notes: [
                'Whole commands, with the start of Node and dbt in them; memory is that of the largest process.',
                'Each of the twelve months is signed after the one before: the last with eleven in the ledger.',
                `"ours/this" is the large company over one with a tenth of payees and deals; more than ${times} would grow faster than the data.`,
            ],
        };
    },
};

/** Every step of a year, from exports to the files of its last month. */
async function closeYear(payees: number, deals: number, say: (line: string) => void) {
    const config = writePayCompany(payees, deals);
    const folder = dirname(config);
    const [warehouse, ledger, out] = ['w.duckdb', 'ledger', 'out'].map((one) => join(folder, one));
    if (!warehouse || !ledger || !out) throw new Error('three paths');
    for (const one of [warehouse, `${folder}/w.state`, ledger, out]) {
        rmSync(one, { recursive: true, force: true });
    }
    const steps = new Map<string, Measured>();
    const run = async (step: string | undefined, verb: string, ...more: readonly string[]) => {
        const places = ['--config', config, '--warehouse', warehouse];
        const { stdout } = await execa(pythonCommand(), [
            join(import.meta.dirname, '../workers/run_measured.py'),
            ...[process.execPath, join(projectRoot, 'bin/jointly.mjs')],
            ...[...verb.split(' '), ...more, ...places],
        ]);
        if (step === undefined) return;
        const measured = JSON.parse(stdout) as Measured;
        steps.set(step, measured);
        const { seconds, processorSeconds, peakBytes } = measured;
        say(
            `    ${step}: ${seconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processor, ${formatNumber(peakBytes / 1e6)} MB`,
        );
    };
    const last = payMonths.at(-1) ?? '';
    await run('load', 'load');
    await run('transform', 'transform');
    for (const [at, month] of payMonths.entries()) {
        const step = at === 0 ? 'close of the first month' : undefined;
        const name = month === last ? 'close of the twelfth month' : step;
        // Nothing comes after the last one, so its numbers are provisional.
        const checks = month === last ? [...waived, 'statements'] : waived;
        const reason = ['--waive', checks.join(','), '--reason', 'bench'];
        await run(name, 'close', month, '--sign', '--by', 'olga', ...reason);
    }
    await run('transform of a signed year', 'transform');
    await run('state of all months', 'close');
    await run('verify', 'close verify');
    await run('statements of a month', 'close statements', last, '--out', out);
    await run('payroll file', 'close payroll', last, '--out', out);
    return steps;
}

function compared(step: string, large: readonly Measured[], small: readonly Measured[]): Result[] {
    const rows = (unit: string, measure: (one: Measured) => number) => {
        const [ours, less] = [large, small].map((runs) => spreadOf(runs.map(measure)));
        if (!ours || !less) throw new Error(`${step} was not measured`);
        const ratio = ours.median / less.median;
        const judged =
            unit === 's of processor' ? { goal: `<= ${times}`, isMet: ratio <= times } : {};
        return [
            { what: `${step}, 200 payees`, who: 'jointly', unit, measured: ours },
            { what: `${step}, 20 payees`, who: 'jointly', unit, measured: less, ratio, ...judged },
        ];
    };
    return [
        ...rows('s', ({ seconds }) => seconds),
        ...rows('s of processor', ({ processorSeconds }) => processorSeconds),
        ...rows('MB', ({ peakBytes }) => peakBytes / 1e6),
    ];
}
