/** The site cannot be built; the message says what to change. Exit code 2 is a wrong call, 1 a broken page or mart. */
export class BuildError extends Error {
    /**
     * @param {string} message
     * @param {{ exitCode?: 1 | 2, cause?: unknown }} [options]
     */
    constructor(message, { exitCode = 1, cause } = {}) {
        super(message, { cause });
        this.name = 'BuildError';
        this.exitCode = exitCode;
    }
}
