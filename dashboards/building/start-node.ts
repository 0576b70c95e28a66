import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Starts Node with these arguments; it ends when this process is told to end. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
    const child = spawn(process.execPath, args, options);
    const end = () => child.kill();
    for (const signal of signals) process.once(signal, end);
    child.once('close', () => {
        for (const signal of signals) process.removeListener(signal, end);
    });
    return child;
}

/** The exit code; null when it was told to end. */
export const ended = (child: ChildProcess): Promise<number | null> =>
    new Promise((done) => child.once('close', done));
