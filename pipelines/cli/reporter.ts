import picocolors from 'picocolors';
import { JointlyError } from '../errors.ts';

export interface Tally {
    readonly sources: number;
    readonly rows: number;
    readonly rejected: number;
    readonly models: number;
    readonly tests: number;
    readonly warnings: number;
    readonly errors: number;
}

export const emptyTally: Tally = {
    sources: 0,
    rows: 0,
    rejected: 0,
    models: 0,
    tests: 0,
    warnings: 0,
    errors: 0,
};

export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** Prints progress to stderr, so that stdout carries data alone. */
export class Reporter {
    readonly #verbosity: Verbosity;
    readonly #colors: ReturnType<typeof picocolors.createColors>;
    readonly #start = performance.now();

    constructor(verbosity: Verbosity, isColorWanted: boolean) {
        this.#verbosity = verbosity;
        this.#colors = picocolors.createColors(isColorWanted && process.stderr.isTTY === true);
    }

    /** One line per unit of work. */
    line(text: string): void {
        if (this.#verbosity !== 'quiet') process.stderr.write(`${text}\n`);
    }

    /** Output of a tool that is called, for --verbose. */
    get detail(): ((text: string) => void) | undefined {
        if (this.#verbosity !== 'verbose') return undefined;
        return (text) => process.stderr.write(`${this.#colors.dim(text)}\n`);
    }

    /** What went wrong, without a stack unless the fault is ours. */
    error(error: unknown): void {
        const label = this.#colors.red('Error:');
        if (error instanceof JointlyError && error.exitCode !== 5) {
            process.stderr.write(`${label} ${error.message}\n`);
            return;
        }
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.stderr.write(
            `${label} a bug in jointly, please report it with these lines:\n${text}\n`,
        );
    }

    done(tally: Tally): void {
        const seconds = ((performance.now() - this.#start) / 1000).toFixed(1);
        process.stderr.write(
            `Done. SOURCES=${tally.sources} ROWS=${tally.rows} REJECTED=${tally.rejected} ` +
                `MODELS=${tally.models} TESTS=${tally.tests} WARN=${tally.warnings} ` +
                `ERROR=${tally.errors} in ${seconds}s\n`,
        );
    }
}
