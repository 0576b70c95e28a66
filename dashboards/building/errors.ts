interface BuildErrorOptions {
    /** 1 is a broken page or mart, 2 a wrong call, 4 another build running, 130 interrupted. */
    readonly exitCode?: 1 | 2 | 4 | 130;
    readonly cause?: unknown;
}

/** The site cannot be built; the message says what to change. */
export class BuildError extends Error {
    readonly exitCode: number;

    constructor(message: string, { exitCode = 1, cause }: BuildErrorOptions = {}) {
        super(message, { cause });
        this.name = 'BuildError';
        this.exitCode = exitCode;
    }
}

/** What went wrong, in words; also of what is thrown and no error. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
