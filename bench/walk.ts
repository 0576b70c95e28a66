import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { projectRoot } from '../pipelines/config.ts';
import { venvPython } from '../pipelines/setup/paths.mjs';

/** What a person answers on the terminal, by the question that is asked. */
export type Answers = readonly (readonly [question: RegExp, answer: string])[];

/** A new user's way to a first page: what was typed, what came, and the seconds of each step. */
export interface Walk {
    /** Of the walk; gone at its end. */
    readonly folder: string;
    readonly config: string;
    readonly say: (text: string) => void;
    /** Runs a verb to its end. @throws Error when it fails */
    readonly step: (...args: readonly string[]) => Promise<void>;
    /** The same on a terminal, where it asks. Secrets are said to be typed, and not shown. */
    readonly converse: (answers: Answers, ...args: readonly string[]) => Promise<void>;
    /** Changes settings in the config. @throws Error where one is not there */
    readonly edit: (edits: readonly (readonly [before: string, after: string])[]) => void;
    /** Serves the pages and reads the first one. @throws Error when there is none */
    readonly firstPage: (port: number) => Promise<void>;
    /** What it came to. */
    readonly sum: () => string;
}

const since = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** Goes a way from an empty folder, and leaves nothing behind. @param company its id */
export async function walk(company: string, go: (walk: Walk) => Promise<void>): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), `jointly-${company}-`));
    const state = join(projectRoot, '.jointly', company);
    rmSync(state, { recursive: true, force: true });
    try {
        await go(begin(folder, join(folder, company, 'company.config.ts')));
    } finally {
        rmSync(folder, { recursive: true, force: true });
        rmSync(state, { recursive: true, force: true });
    }
}

function begin(folder: string, config: string): Walk {
    const start = performance.now();
    let commands = 0;
    let answered = 0;
    let settings = 0;
    const say = (text: string) => process.stdout.write(`${text}\n`);
    const options = {
        cwd: projectRoot,
        all: true,
        buffer: true,
        // Where it waits, npx turns a wheel.
        env: { npm_config_progress: 'false' },
    } as const;

    const command = (...args: readonly string[]) => {
        commands += 1;
        say(`\n$ npx jointly ${args.join(' ')}`);
        return execa('npx', ['jointly', ...args], options);
    };

    return {
        folder,
        config,
        say,
        step: async (...args) => {
            const from = performance.now();
            const { all } = await command(...args);
            say(all);
            say(`[${since(from)}]`);
        },
        converse: async (answers, ...args) => {
            const from = performance.now();
            commands += 1;
            say(`\n$ npx jointly ${args.join(' ')}`);
            const terminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';
            const child = execa(
                venvPython(projectRoot),
                ['-c', terminal, 'npx', 'jointly', ...args],
                options,
            );
            const left = [...answers];
            let seen = '';
            child.all.on('data', (piece) => {
                seen += piece;
                const [next] = left;
                if (next === undefined || !next[0].test(seen)) return;
                left.shift();
                answered += next[1] === '' ? 0 : 1;
                seen = '';
                child.stdin.write(`${next[1]}\n`);
            });
            const { all } = await child;
            say(stripVTControlCharacters(all).replaceAll('\r', ''));
            say(`[${since(from)}]`);
            if (left.length > 0) throw new Error(`it never asked ${left[0]?.[0]}`);
        },
        edit: (edits) => {
            let text = readFileSync(config, 'utf8');
            say(`\n(in ${basename(config)})`);
            for (const [before, after] of edits) {
                if (!text.includes(before)) throw new Error(`${config} has no ${before}`);
                text = text.replace(before, after);
                settings += 1;
                say(`- ${before}\n+ ${after}`);
            }
            writeFileSync(config, text);
        },
        firstPage: async (port) => {
            const from = performance.now();
            commands += 1;
            const args = ['serve', '--config', config, '--port', String(port)];
            say(`\n$ npx jointly ${args.join(' ')}`);
            // A group of its own: npx does not pass a signal on to what it started.
            const server = execa('npx', ['jointly', ...args], {
                ...options,
                detached: true,
                reject: false,
            });
            let title: string | undefined;
            for await (const line of server.iterable({ from: 'all' })) {
                say(line);
                const address = /http:\/\/\S+/.exec(line)?.[0];
                if (address === undefined || title !== undefined) continue;
                const page = await fetch(address);
                const text = await page.text();
                title = page.ok ? (/<h1[^>]*>([^<]+)/.exec(text)?.[1]?.trim() ?? '') : '';
                say(`GET ${address} ${page.status}, ${text.length} characters: ${title}`);
                say(`[${since(from)}]`);
                process.kill(-(server.pid as number), 'SIGTERM');
            }
            await server;
            if (!title) throw new Error('there is no first page');
        },
        sum: () =>
            `a served first page in ${since(start)}: typed were ${commands} commands, ${answered} answers and ${settings} settings`,
    };
}
