import { spawn } from 'node:child_process';

/**
 * Starts Node with these arguments; it ends when this process is told to end.
 *
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startNode(args, options) {
    const child = spawn(process.execPath, args, options);
    const end = () => child.kill();
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, end);
    child.once('close', () => {
        for (const signal of ['SIGINT', 'SIGTERM']) process.removeListener(signal, end);
    });
    return child;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number | null>} exit code; null when it was told to end
 */
export const ended = (child) => new Promise((done) => child.once('close', done));
