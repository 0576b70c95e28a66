import type { Spread } from './measure/spread.ts';

/** What one contestant measured. */
export interface Result {
    readonly what: string;
    readonly who: string;
    readonly unit: string;
    readonly measured: Spread;
    /** Our median over this one's; only on rows of a rival or of another size of ourselves. */
    readonly ratio?: number;
    readonly goal?: string;
    readonly isMet?: boolean;
}

export interface Outcome {
    readonly results: readonly Result[];
    /** What a reader must know to judge the numbers. */
    readonly notes: readonly string[];
}

export interface Bench {
    /** Measured runs of each contestant. */
    readonly runs: number;
    readonly say: (line: string) => void;
}

/** One goal of the product and the way it is measured. */
export interface BenchCase {
    readonly id: string;
    readonly title: string;
    readonly measure: (bench: Bench) => Promise<Outcome>;
}
