import type { Bench, Result } from '../bench-case.ts';
import type { LoadReport } from '../workers/report.ts';
import { type Contestant, interleave } from './interleave.ts';
import { spreadOf } from './spread.ts';
import { formatNumber } from './table.ts';
import { runLoad } from './worker.ts';

/**
 * A contestant that loads in a process of its own.
 * @param source file, or address
 * @param wanted rows that must arrive
 */
export function load(
    name: string,
    command: readonly string[],
    source: string,
    wanted: number,
): Contestant<LoadReport> {
    return { name, run: () => runLoad(command, source, wanted) };
}

/**
 * Loads the same rows by two contestants, in turn.
 * @param limit most that our time may be, as a multiple of the rival's; undefined where there is no goal
 */
export async function race(
    bench: Bench,
    what: string,
    limit: number | undefined,
    contestants: readonly [Contestant<LoadReport>, Contestant<LoadReport>],
): Promise<Result[]> {
    bench.say(what);
    const measured = await interleave(bench, contestants, (one) =>
        [
            `${one.seconds.toFixed(2)} s`,
            `${one.processorSeconds.toFixed(2)} s of processor`,
            `${formatNumber(one.rows / one.seconds)} rows/s`,
            `${formatNumber(one.peakBytes / 1e6)} MB`,
        ].join(', '),
    );
    const compared = (unit: string, measure: (report: LoadReport) => number): Result[] => {
        const [ours, rival] = measured.map((runs) => spreadOf(runs.map(measure)));
        if (!ours || !rival) throw new Error('a contestant measured nothing');
        const ratio = ours.median / rival.median;
        return [
            { what, who: contestants[0].name, unit, measured: ours },
            { what, who: contestants[1].name, unit, measured: rival, ratio },
        ];
    };
    const [ours, rival] = compared('s', ({ seconds }) => seconds) as [Result, Result];
    const isMet = limit !== undefined && (rival.ratio ?? Number.POSITIVE_INFINITY) <= limit;
    return [
        ours,
        { ...rival, ...(limit === undefined ? {} : { goal: `<= ${limit}`, isMet }) },
        ...compared('s of processor', ({ processorSeconds }) => processorSeconds),
        ...compared('MB', ({ peakBytes }) => peakBytes / 1e6),
    ];
}
