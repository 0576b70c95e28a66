import { count } from '../count.ts';
import type { OnProgress } from '../run/load-connections.ts';
import type { Progress } from '../sources/api/extract.ts';
import type { Reporter } from './reporter.ts';

const everyMs = 250;
/** Before so much is known, what is left is a guess. */
const leastMs = 2000;

/** Shows on a terminal how far the feed is that is being asked; elsewhere nothing, one line says it in the end. */
export function progressLines(
    reporter: Pick<Reporter, 'progress'>,
    clock: () => number = () => performance.now(),
): OnProgress {
    let current = '';
    let start = 0;
    let shownAt = Number.NEGATIVE_INFINITY;
    return ({ connection, name }, progress) => {
        const feed = `${name} (${connection})`;
        if (feed !== current) {
            current = feed;
            start = clock();
            shownAt = Number.NEGATIVE_INFINITY;
        }
        if (progress === undefined) {
            current = '';
            reporter.progress('');
            return;
        }
        const now = clock();
        if (now - shownAt < everyMs) return;
        shownAt = now;
        reporter.progress(`load ${feed}: ${describeProgress(progress, now - start)}`);
    };
}

/** `12,000 rows, 3 of 12 parts, 800 rows/s, about 40s left`. */
export function describeProgress(
    { rows, slices, slicesDone }: Progress,
    elapsedMs: number,
): string {
    const seconds = elapsedMs / 1000;
    const left =
        slicesDone > 0 && elapsedMs >= leastMs
            ? `about ${duration((seconds / slicesDone) * (slices - slicesDone))} left`
            : undefined;
    return [
        count(rows, 'row'),
        ...(slices > 1 ? [`${slicesDone} of ${slices} parts`] : []),
        ...(elapsedMs > 0 ? [`${Math.round(rows / seconds)} rows/s`] : []),
        ...(left === undefined ? [] : [left]),
    ].join(', ');
}

function duration(seconds: number): string {
    if (seconds < 90) return `${Math.round(seconds)}s`;
    if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
    return `${(seconds / 3600).toFixed(1)} h`;
}
