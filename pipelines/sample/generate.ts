import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { glob } from 'tinyglobby';
import { createSampleConfig } from './create-sample-config.ts';
import type { WrittenFile } from './export-file.ts';
import { copyHandWrittenRules, writeRules } from './rules.ts';
import { simulateCompany } from './simulate.ts';

export interface SampleRequest {
    /** Folder of the exports; replaced as a whole. */
    readonly directory: string;
    /** 1 is the full company: three years, about 25,000 leads, 400,000 sessions, 3,000 deals. */
    readonly factor?: number;
    readonly seed?: number;
}

export interface SampleManifest {
    readonly factor: number;
    readonly seed: number;
    /** Of the generator's source and the hand-written rules: another value means stale exports. */
    readonly fingerprint: string;
    /** SHA-256 over the names and uncompressed contents of all files. */
    readonly contentSha256: string;
    readonly files: readonly WrittenFile[];
}

export interface SampleResult extends SampleManifest {
    readonly directory: string;
    /** True when the exports were there already and nothing was written. */
    readonly isUnchanged: boolean;
}

const MANIFEST = 'manifest.json';
const DEFAULT_SEED = 20230701;
const here = path.dirname(fileURLToPath(import.meta.url));
const seedsFolder = path.join(here, '../../seeds');

/**
 * Writes the exports of the sample company "Gates & Parts" in the native formats of its tools,
 * with `rules/` and a ready `sample.config.json` beside them. The same factor and seed give the
 * same text on every machine. Exports that are already there and up to date are left alone.
 *
 * @throws RangeError when the factor is not between 0.01 and 50.
 */
export async function generateSampleCompany(request: SampleRequest): Promise<SampleResult> {
    const { factor = 1, seed = DEFAULT_SEED } = request;
    const directory = path.resolve(request.directory);
    if (!(factor >= 0.01 && factor <= 50)) {
        throw new RangeError(`the size factor must lie between 0.01 and 50, got ${factor}`);
    }
    const fingerprint = await fingerprintGenerator();
    const known = await readManifest(directory);
    const isSame =
        known?.fingerprint === fingerprint && known.factor === factor && known.seed === seed;
    if (isSame && (await areFilesPresent(directory, known.files))) {
        copyHandWrittenRules(directory, seedsFolder);
        return { ...known, directory, isUnchanged: true };
    }

    const partial = `${directory}.partial-${process.pid}`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    try {
        const { files, quarters } = simulateCompany(partial, seed, factor);
        const written = [...files, ...writeRules(partial, quarters, factor)];
        copyHandWrittenRules(partial, seedsFolder);
        const config = createSampleConfig({ directory: '.', rules: './rules' });
        await writeFile(path.join(partial, 'sample.config.json'), toJson(config));
        const contentSha256 = hashContents(written);
        const manifest = { factor, seed, fingerprint, contentSha256, files: written };
        await writeFile(path.join(partial, MANIFEST), toJson(manifest));
        await rm(directory, { recursive: true, force: true });
        await rename(partial, directory);
        return { ...manifest, directory, isUnchanged: false };
    } finally {
        await rm(partial, { recursive: true, force: true });
    }
}

async function readManifest(directory: string): Promise<SampleManifest | undefined> {
    const file = path.join(directory, MANIFEST);
    if (!existsSync(file)) return undefined;
    return JSON.parse(await readFile(file, 'utf8')) as SampleManifest;
}

async function areFilesPresent(directory: string, files: readonly WrittenFile[]): Promise<boolean> {
    const checks = files.map(async (file) => {
        const target = path.join(directory, file.path);
        return existsSync(target) && (await stat(target)).size === file.bytes;
    });
    return (await Promise.all(checks)).every(Boolean);
}

async function fingerprintGenerator(): Promise<string> {
    const sources = await glob('**/*.ts', { cwd: here, absolute: true });
    const hash = createHash('sha256');
    for (const file of sources.toSorted()) {
        hash.update(path.basename(file))
            .update('\0')
            .update(await readFile(file))
            .update('\0');
    }
    return hash.digest('hex');
}

function hashContents(files: readonly WrittenFile[]): string {
    const lines = files.map((file) => `${file.path} ${file.contentSha256}\n`).toSorted();
    return createHash('sha256').update(lines.join('')).digest('hex');
}

function toJson(value: unknown): string {
    return `${JSON.stringify(value, null, 4)}\n`;
}
