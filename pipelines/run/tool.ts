import { execa } from 'execa';
import type { InterruptedError } from '../errors.ts';

export interface ToolRequest {
    readonly command: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    /** Receives what the tool prints, line by line. */
    readonly onLine?: ((line: string) => void) | undefined;
}

export interface ToolOutcome {
    readonly hasSucceeded: boolean;
    readonly output: string;
}

const interruption = new AbortController();
let running = 0;

/**
 * Runs another program to its end.
 * @throws InterruptedError when `interruptTools` ended it
 */
export async function runTool(request: ToolRequest): Promise<ToolOutcome> {
    running += 1;
    try {
        // Ended with SIGTERM when interrupted, and with SIGKILL five seconds later.
        const child = execa(request.command, request.args, {
            cwd: request.cwd,
            env: request.env,
            all: true,
            reject: false,
            cancelSignal: interruption.signal,
        });
        const { onLine } = request;
        if (onLine) for await (const line of child.iterable({ from: 'all' })) onLine(line);
        const { exitCode, all } = await child;
        interruption.signal.throwIfAborted();
        return { hasSucceeded: exitCode === 0, output: String(all) };
    } finally {
        running -= 1;
    }
}

/**
 * Ends the tools that run, and with them the work that waits for them: it fails with `reason`.
 * @returns false when no tool runs, so that nothing would ever fail, or they were asked before
 */
export function interruptTools(reason: InterruptedError): boolean {
    if (running === 0 || interruption.signal.aborted) return false;
    interruption.abort(reason);
    return true;
}
