// npm run bench [-- --only P1,P3] [--runs 5]
import { Command, Option } from 'commander';
import type { BenchCase } from './bench-case.ts';
import { apiSpeed } from './cases/api-speed.ts';
import { closeSize } from './cases/close-size.ts';
import { doctorSpeed } from './cases/doctor-speed.ts';
import { firstPaint } from './cases/first-paint.ts';
import { killedLoads } from './cases/killed-loads.ts';
import { limitUse } from './cases/limit-use.ts';
import { loadMemory } from './cases/load-memory.ts';
import { loadSpeed } from './cases/load-speed.ts';
import { sheetSpeed } from './cases/sheet-speed.ts';
import { siteBuild } from './cases/site-build.ts';
import { start } from './cases/start.ts';
import { recordCase } from './measure/record.ts';
import { formatTable } from './measure/table.ts';

const cases: readonly BenchCase[] = [
    loadSpeed,
    apiSpeed,
    loadMemory,
    sheetSpeed,
    doctorSpeed,
    firstPaint,
    siteBuild,
    start,
    killedLoads,
    limitUse,
    closeSize,
];
const ids = cases.map(({ id }) => id);

const program = new Command('bench')
    .description('Measures the goals of the product beside its rivals; writes bench/latest.json.')
    .addOption(
        new Option('--only <ids>', `cases to run, of ${ids.join(',')}`)
            .argParser((text) => text.split(','))
            .default(ids, 'all'),
    )
    .addOption(
        new Option('--runs <number>', 'runs of each contestant').argParser(Number).default(5),
    )
    .parse();
const { only, runs } = program.opts<{ only: string[]; runs: number }>();
const unknown = only.find((id) => !ids.includes(id));
if (unknown !== undefined) program.error(`error: there is no case ${unknown}`, { exitCode: 2 });
if (!(Number.isInteger(runs) && runs > 0)) {
    program.error('error: --runs wants a whole number above 0', { exitCode: 2 });
}

for (const one of cases.filter(({ id }) => only.includes(id))) {
    say(`\n${one.id}  ${one.title}`);
    const outcome = await one.measure({ runs, say });
    recordCase(one, outcome);
    say(`\n${formatTable(outcome.results)}`);
    for (const note of outcome.notes) say(`note: ${note}`);
}

function say(line: string): void {
    process.stdout.write(`${line}\n`);
}
