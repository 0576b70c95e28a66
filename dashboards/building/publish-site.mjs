import { createHash } from 'node:crypto';
import {
    chmodSync,
    copyFileSync,
    cpSync,
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
import { BuildError } from './errors.mjs';
import { OUTPUT, WORK } from './paths.mjs';

const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.svg', '.arrow', '.wasm']);
// Names with a content hash come back in every build: their compressed form is kept.
const KEPT = join(WORK, 'compressed');

/**
 * Collects the rendered site, compresses it and swaps it in: readers see the old site or the new
 * one, never a half of each.
 *
 * @param {string} out
 * @throws {BuildError} when a page would load something from another host
 */
export function publishSite(out) {
    const draft = `${out}.draft-${process.pid}`;
    const old = `${out}.old-${process.pid}`;
    mkdirSync(dirname(out), { recursive: true });
    try {
        for (const part of ['client', 'prerendered/dependencies', 'prerendered/pages']) {
            const from = join(OUTPUT, part);
            if (existsSync(from)) cpSync(from, draft, { recursive: true });
        }
        rmSync(join(draft, '.vite'), { recursive: true, force: true });
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

/**
 * @param {string} root
 * @param {string[]} files
 */
function refuseOtherHosts(root, files) {
    for (const file of files.filter((name) => /\.(html|css)$/.test(name))) {
        const found = readFileSync(file, 'utf8').match(
            /(?:<(?:script|link|img|iframe)[^>]+(?:src|href)=|url\()["']?(?:https?:)?\/\/[^"') >]+/,
        );
        if (found)
            throw new BuildError(`${relative(root, file)} loads from another host: ${found[0]}`);
    }
}

/** @param {string} file */
function compress(file) {
    if (!COMPRESSIBLE.has(extname(file)) || statSync(file).size < 1024) return;
    const content = readFileSync(file);
    const keep = file.includes('/immutable/');
    const level = keep ? 9 : 5;
    for (const [ending, run] of [
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
    ]) {
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
function keepPrivate(root) {
    chmodSync(root, 0o700);
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
        const path = join(root, name);
        chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
    }
}

/** @param {string} folder */
function filesBelow(folder) {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile());
}
