import { constants } from 'node:os';

/** Where in a file something broke; rows count from 1 below the header, lines from 1 at the top of the file. */
export interface Place {
    readonly file?: string;
    readonly row?: number;
    readonly line?: number;
    readonly column?: string;
    readonly expected?: string;
    readonly got?: string;
}

export interface Trouble extends Place {
    /** What happened, in one sentence. */
    readonly what: string;
    /** Why it happened, when that is known. */
    readonly why?: string;
    /** The change or command that repairs it. */
    readonly fix?: string;
    readonly cause?: unknown;
}

/** The base of every error a user can act on; `exitCode` is what the process returns. */
export abstract class JointlyError extends Error {
    abstract readonly exitCode: number;
    readonly trouble: Trouble;

    constructor(trouble: Trouble) {
        super(describe(trouble), { cause: trouble.cause });
        this.name = new.target.name;
        this.trouble = trouble;
    }
}

/** Fix the settings, the rules or the command line. */
export class ConfigError extends JointlyError {
    readonly exitCode = 2;
}

/** A file broke the contract of its stream or rule. */
export class ContractError extends JointlyError {
    readonly exitCode = 1;
}

/** A file is missing, unreachable or unreadable. */
export class SourceError extends JointlyError {
    readonly exitCode = 3;
}

/** Another run holds the same company's state. */
export class BusyError extends JointlyError {
    readonly exitCode = 4;
}

/** dbt or the dashboards build said no. */
export class TransformError extends JointlyError {
    readonly exitCode = 1;
}

/** The user pressed Ctrl-C, or the process was asked to stop; the exit code is the shell's for it. */
export class InterruptedError extends JointlyError {
    readonly exitCode: number;

    constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
        super({
            what: `Stopped by ${signal}: finished steps are kept, the next run does the rest.`,
        });
        this.exitCode = 128 + constants.signals[signal];
    }
}

/** A broken promise of this program: worth a bug report. */
export class BugError extends JointlyError {
    readonly exitCode = 5;
}

/** The exit code for anything thrown; what is not ours is our bug. */
export function exitCodeOf(error: unknown): number {
    return error instanceof JointlyError ? error.exitCode : 5;
}

/** One broken place in words: `spend.csv, row 7 (line 8), column spend_amount: expected ..., got ...`. */
export function describePlace(place: Place): string {
    const row = place.row === undefined ? undefined : `row ${place.row}`;
    const line = place.line === undefined ? undefined : `line ${place.line}`;
    const position = row && line ? `${row} (${line})` : (row ?? line);
    const column = place.column ? `column ${place.column}` : undefined;
    const where = [place.file, position, column].filter(Boolean).join(', ');
    const judged = [
        place.expected ? `expected ${place.expected}` : undefined,
        place.got === undefined ? undefined : `got ${place.got}`,
    ].filter(Boolean);
    if (where === '' || judged.length === 0) return where || judged.join(', ');
    return `${where}: ${judged.join(', ')}`;
}

function describe(trouble: Trouble): string {
    const place = describePlace(trouble);
    return [
        trouble.what,
        place ? `  at: ${place}` : undefined,
        trouble.why ? `  why: ${trouble.why}` : undefined,
        trouble.fix ? `  fix: ${trouble.fix}` : undefined,
    ]
        .filter(Boolean)
        .join('\n');
}
