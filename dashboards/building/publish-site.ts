import { createHash } from 'node:crypto';
import {
    chmodSync,
    copyFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { BuildError } from './errors.ts';
import { partsOfSite } from './parts-of-site.ts';
import { OUTPUT, READERS, WORK } from './paths.ts';

const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.svg', '.arrow', '.wasm']);
/** Whose the parts are; none of them holds it. */
const READERS_FILE = 'readers.json';
// Names with a content hash come back in every build: their compressed form is kept.
const KEPT = join(WORK, 'compressed');

/**
 * Collects the rendered site, each part of it in a folder of its own, compresses it and swaps it in:
 * readers see the old site or the new one, never a half of each.
 * @throws BuildError when a page would load something from another host
 */
export async function publishSite(out: string): Promise<void> {
    const draft = `${out}.draft-${process.pid}`;
    const old = `${out}.old-${process.pid}`;
    mkdirSync(dirname(out), { recursive: true });
    try {
        const partOf = await partsOfSite();
        for (const made of ['client', 'prerendered/dependencies', 'prerendered/pages']) {
            const from = join(OUTPUT, made);
            if (!existsSync(from)) continue;
            for (const file of filesBelow(from)) {
                const path = relative(from, file).replaceAll('\\', '/');
                if (path.startsWith('.vite/')) continue;
                const target = join(draft, partOf(path), path);
                mkdirSync(dirname(target), { recursive: true });
                copyFileSync(file, target);
            }
        }
        copyFileSync(READERS, join(draft, READERS_FILE));
        const files = filesBelow(draft);
        refuseOtherHosts(draft, files);
        for (const file of files) compress(file);
        keepPrivate(draft);
        if (existsSync(out)) renameSync(out, old);
        renameSync(draft, out);
    } finally {
        rmSync(draft, { recursive: true, force: true });
        rmSync(old, { recursive: true, force: true });
    }
}

function refuseOtherHosts(root: string, files: readonly string[]): void {
    for (const file of files.filter((name) => /\.(html|css)$/.test(name))) {
        const found = readFileSync(file, 'utf8').match(
            /(?:<(?:script|link|img|iframe)[^>]+(?:src|href)=|url\()["']?(?:https?:)?\/\/[^"') >]+/,
        );
        if (found)
            throw new BuildError(`${relative(root, file)} loads from another host: ${found[0]}`);
    }
}

function compress(file: string): void {
    if (!COMPRESSIBLE.has(extname(file)) || statSync(file).size < 1024) return;
    const content = readFileSync(file);
    const keep = file.includes('/immutable/');
    const level = keep ? 9 : 5;
    const forms: readonly (readonly [ending: string, run: () => Buffer])[] = [
        [
            'br',
            () =>
                brotliCompressSync(content, {
                    params: {
                        [constants.BROTLI_PARAM_QUALITY]: level,
                        [constants.BROTLI_PARAM_LGWIN]: 24,
                    },
                }),
        ],
        ['gz', () => gzipSync(content, { level: keep ? 8 : 6 })],
    ];
    for (const [ending, run] of forms) {
        const target = `${file}.${ending}`;
        if (!keep) {
            writeFileSync(target, run());
            continue;
        }
        const kept = join(KEPT, `${createHash('sha256').update(content).digest('hex')}.${ending}`);
        if (!existsSync(kept)) {
            mkdirSync(KEPT, { recursive: true });
            writeFileSync(`${kept}.draft`, run());
            renameSync(`${kept}.draft`, kept);
        }
        copyFileSync(kept, target);
    }
}

/** Pay is on the pages: other users of the machine read them through the server or not at all. */
function keepPrivate(root: string): void {
    chmodSync(root, 0o700);
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
        const path = join(root, name);
        chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
    }
}

function filesBelow(folder: string): readonly string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
}
