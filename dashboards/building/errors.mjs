/**
 * The site cannot be built; the message says what to change. Exit code 1 is a broken page or mart,
 * 2 a wrong call, 4 another build running, 130 interrupted.
 */
export class BuildError extends Error {
    /**
     * @param {string} message
     * @param {{ exitCode?: 1 | 2 | 4 | 130, cause?: unknown }} [options]
     */
    constructor(message, { exitCode = 1, cause } = {}) {
        super(message, { cause });
        this.name = 'BuildError';
        this.exitCode = exitCode;
    }
}
