import { execa } from 'execa';
import { pathOfTheMachine } from '../../pipelines/setup/paths.mjs';

export interface Start {
    readonly seconds: number;
    readonly lines: readonly string[];
}

const address = /http:\/\/127\.0\.0\.1:\d+\//;

/**
 * Runs `npm start` until it prints its address, then stops it.
 * @throws Error with what it printed when it ends before that
 */
export async function startUntilServed(folder: string): Promise<Start> {
    const begin = performance.now();
    const child = execa('npm', ['start'], {
        cwd: folder,
        all: true,
        reject: false,
        // A group of its own: npm does not pass a signal on to what it started.
        detached: true,
        env: { NO_COLOR: '1', PATH: pathOfTheMachine(process.env.PATH ?? '') },
    });
    const lines: string[] = [];
    let seconds: number | undefined;
    for await (const line of child.iterable({ from: 'all' })) {
        lines.push(line);
        if (seconds !== undefined || !address.test(line)) continue;
        seconds = (performance.now() - begin) / 1000;
        process.kill(-(child.pid as number), 'SIGTERM');
    }
    await child;
    if (seconds === undefined) {
        throw new Error(`npm start ended without an address:\n${lines.join('\n')}`);
    }
    return { seconds, lines };
}
