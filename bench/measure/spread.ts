export interface Spread {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    readonly runs: number;
}

/** Median and range. @throws RangeError without values */
export function spreadOf(values: readonly number[]): Spread {
    const sorted = values.toSorted((left, right) => left - right);
    const middle = sorted.length / 2;
    const upper = sorted[Math.floor(middle)];
    const lower = sorted[Math.ceil(middle) - 1];
    if (upper === undefined || lower === undefined) throw new RangeError('nothing was measured');
    return {
        median: (upper + lower) / 2,
        min: sorted[0] as number,
        max: sorted.at(-1) as number,
        runs: sorted.length,
    };
}
