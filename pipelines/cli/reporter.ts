import { clearLine, cursorTo } from 'node:readline';
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

const firstWordMs = 5_000;
const laterWordsMs = 60_000;

export type Verbosity = 'quiet' | 'normal' | 'verbose';

/** Prints progress to stderr, so that stdout carries data alone. */
export class Reporter {
    readonly #verbosity: Verbosity;
    readonly #colors: ReturnType<typeof picocolors.createColors>;
    readonly #start = performance.now();
    #isProgressShown = false;

    constructor(verbosity: Verbosity, isColorWanted: boolean) {
        this.#verbosity = verbosity;
        this.#colors = picocolors.createColors(isColorWanted && process.stderr.isTTY === true);
    }

    /** One line per unit of work. */
    line(text: string): void {
        if (this.#verbosity !== 'quiet') this.#write(`${text}\n`);
    }

    /** What is under way, on a terminal alone: the next line takes its place. */
    progress(text: string): void {
        if (this.#verbosity === 'quiet' || !process.stderr.isTTY) return;
        this.#clear();
        process.stderr.write(text.slice(0, process.stderr.columns - 1));
        this.#isProgressShown = text !== '';
    }

    #clear(): void {
        if (!this.#isProgressShown) return;
        this.#isProgressShown = false;
        clearLine(process.stderr, 0);
        cursorTo(process.stderr, 0);
    }

    #write(text: string): void {
        this.#clear();
        process.stderr.write(text);
    }

    /** Says of work that takes long that it still runs: the first build of all models takes minutes. */
    async whileRunning<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
        const start = performance.now();
        const say = () => {
            const seconds = ((performance.now() - start) / 1000).toFixed(0);
            this.line(`${name.padEnd(20)} running    for ${seconds}s`);
        };
        const first = setTimeout(say, firstWordMs);
        const later = setInterval(say, laterWordsMs);
        try {
            return await work();
        } finally {
            clearTimeout(first);
            clearInterval(later);
        }
    }

    /** Output of a tool that is called, for --verbose. */
    get detail(): ((text: string) => void) | undefined {
        if (this.#verbosity !== 'verbose') return undefined;
        return (text) => this.#write(`${this.#colors.dim(text)}\n`);
    }

    /** What went wrong, without a stack unless the fault is ours. */
    error(error: unknown): void {
        const label = this.#colors.red('Error:');
        if (error instanceof JointlyError && error.exitCode !== 5) {
            this.#write(`${label} ${error.message}\n`);
            return;
        }
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.#write(`${label} a bug in jointly, please report it with these lines:\n${text}\n`);
    }

    done(tally: Tally): void {
        const seconds = ((performance.now() - this.#start) / 1000).toFixed(1);
        this.#write(
            `Done. SOURCES=${tally.sources} ROWS=${tally.rows} REJECTED=${tally.rejected} ` +
                `MODELS=${tally.models} TESTS=${tally.tests} WARN=${tally.warnings} ` +
                `ERROR=${tally.errors} in ${seconds}s\n`,
        );
    }
}
