import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchCase, Outcome } from '../bench-case.ts';
import { describeMachine } from './machine.ts';

const path = join(import.meta.dirname, '..', 'latest.json');

/** Writes one case to latest.json and keeps the others, each with the machine it ran on. */
export function recordCase({ id, title }: BenchCase, { results, notes }: Outcome): void {
    const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { cases: {} };
    const measured = {
        title,
        measured_on: new Date().toISOString().slice(0, 10),
        machine: describeMachine(),
        results: results.map((result) => ({
            what: result.what,
            who: result.who,
            unit: result.unit,
            median: round(result.measured.median),
            min: round(result.measured.min),
            max: round(result.measured.max),
            runs: result.measured.runs,
            ...(result.ratio === undefined ? {} : { ours_over_this: round(result.ratio) }),
            ...(result.goal === undefined ? {} : { goal: result.goal, is_met: result.isMet }),
        })),
        notes,
    };
    const cases = Object.entries({ ...before.cases, [id]: measured }).sort(([left], [right]) =>
        left < right ? -1 : 1,
    );
    writeFileSync(path, `${JSON.stringify({ cases: Object.fromEntries(cases) }, null, 4)}\n`);
}

function round(value: number): number {
    return Number(value.toPrecision(4));
}
