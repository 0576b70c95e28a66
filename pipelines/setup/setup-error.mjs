/**
 * A set-up step that the user can repair: what happened, and the command that fixes it.
 *
 * Exit codes follow the rest of the product: 2 the machine lacks something, 3 a registry or the
 * network failed, 4 another set-up holds the folder.
 */
export class SetupError extends Error {
    /** @override */
    name = 'SetupError';

    /**
     * @param {string} message what happened
     * @param {{ fix: string, exitCode: 2 | 3 | 4, output?: string, cause?: unknown }} details
     */
    constructor(message, { fix, exitCode, output = '', cause }) {
        super(message, { cause });
        this.fix = fix;
        this.exitCode = exitCode;
        this.output = output;
    }
}

/**
 * The text a person reads: the tool's last words, what happened, what to do.
 *
 * @param {SetupError} error
 * @returns {string}
 */
export function formatSetupError(error) {
    const said = error.output === '' ? [] : error.output.split('\n').map((line) => `    ${line}`);
    return [...said, `Error: ${error.message}`, `Fix:   ${error.fix}`].join('\n');
}
