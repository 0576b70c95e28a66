import { createHash } from 'node:crypto';
import {
    cpSync,
    existsSync,
    readdirSync,
    readFileSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { BuildError } from './errors.ts';
import { DATA, OUTPUT, RESULTS, ROOT, TEMPLATE, WORK } from './paths.ts';
import { ended, startNode } from './start-node.ts';

const COMPILED_KEY = join(WORK, 'compiled-key');

export interface BuiltPages {
    readonly compiled: boolean;
    readonly pages: number;
}

/**
 * Renders every page to HTML with its query results. Code is compiled only when it changed:
 * new data alone needs just the rendering.
 * @throws BuildError when a page does not compile, a query fails or a link leads nowhere
 */
export async function buildPages({ clean }: { readonly clean: boolean }): Promise<BuiltPages> {
    rmSync(RESULTS, { recursive: true, force: true });
    rmSync(join(OUTPUT, 'prerendered'), { recursive: true, force: true });
    const key = codeKey();
    const compiled =
        clean || !existsSync(COMPILED_KEY) || readFileSync(COMPILED_KEY, 'utf8') !== key;
    if (compiled) {
        rmSync(COMPILED_KEY, { force: true });
        await runNode([join(ROOT, 'node_modules/vite/bin/vite.js'), 'build']);
        await runNode([join(ROOT, 'building/render-not-found.ts')]);
    } else {
        rmSync(join(OUTPUT, 'client/data'), { recursive: true, force: true });
        cpSync(DATA, join(OUTPUT, 'client/data'), { recursive: true });
        await runNode([join(ROOT, 'building/prerender.ts')]);
    }
    failOnQueryErrors();
    if (compiled) writeFileSync(COMPILED_KEY, key);
    return { compiled, pages: countPages() };
}

/** Changes with anything the compiler reads: code, not data. */
function codeKey(): string {
    const hash = createHash('sha256').update(process.version);
    const inputs = ['package-lock.json', 'evidence.config.yaml', 'query-layer', 'building'].map(
        (name) => join(ROOT, name),
    );
    const assembled = [
        'src',
        'static',
        'vite.config.js',
        'svelte.config.js',
        'preprocess.js',
        'safe-queries.js',
    ].map((name) => join(TEMPLATE, name));
    for (const file of [...inputs, ...assembled].flatMap(filesOf)) {
        if (file.startsWith(DATA)) continue;
        hash.update(`${relative(ROOT, file)}\0`).update(readFileSync(file));
    }
    return hash.digest('hex');
}

function filesOf(path: string): readonly string[] {
    if (statSync(path).isFile()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
    return names.map((name) => join(path, name)).filter((file) => statSync(file).isFile());
}

async function runNode(args: readonly string[]): Promise<void> {
    const env = {
        ...process.env,
        NODE_ENV: 'production',
        // Compiling makes a lot of short-lived objects: a larger place for them is emptied less often.
        NODE_OPTIONS: '--max-old-space-size=4096 --max-semi-space-size=64',
        EVIDENCE_IS_BUILDING: 'true',
        EVIDENCE_STRICT_MODE: 'true',
        SEND_ANONYMOUS_USAGE_STATS: 'no',
    };
    const child = startNode(args, { cwd: TEMPLATE, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk: Buffer) => {
            output += chunk;
        });
    }
    const code = await ended(child);
    if (code === 0) return;
    if (code === null) throw new BuildError('Interrupted', { exitCode: 130 });
    failOnQueryErrors();
    throw new BuildError(`The pages did not build:\n${readable(output)}`);
}

/** The compiler's output without its warnings about other people's code and without stack lines. */
function readable(output: string): string {
    const text = output.replace(/▲ \[WARNING\][^\n]*\n\n(?: .*\n)+/g, '');
    const lines = text
        .split('\n')
        .filter(
            (line) => line.trim() && !/^\s+at |Use of eval|^Node\.js v|^Emitted 'error'/.test(line),
        );
    return [...new Set(lines)].join('\n');
}

function failOnQueryErrors(): void {
    const file = join(RESULTS, 'failed.jsonl');
    if (!existsSync(file)) return;
    // Each query is asked for its columns and its rows, and each page is rendered twice: say it once.
    const failures = new Map<string, string>();
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
        const { page, queryName, message } = JSON.parse(line);
        const name = queryName.replace(/_(data|columns|length)$/, '');
        failures.set(
            `${page} ${name}`,
            `  ${page} query ${name}: ${message.replaceAll('\n', '\n    ')}`,
        );
    }
    throw new BuildError(
        `${failures.size} page ${failures.size === 1 ? 'query' : 'queries'} failed:\n${[...failures.values()].join('\n')}`,
    );
}

function countPages(): number {
    return readdirSync(join(OUTPUT, 'prerendered/pages'), {
        recursive: true,
        encoding: 'utf8',
    }).filter((name) => name.endsWith('.html')).length;
}
