import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** What every answer says: who may show it, and that it is what its type says. */
export const fixedHeaders: Readonly<Record<string, string>> = {
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Of a site that is reached by https: browsers never ask for it otherwise again. */
export const securely: Readonly<Record<string, string>> = {
    'Strict-Transport-Security': 'max-age=31536000',
};

/** What somebody is paid is kept by no browser: the next person at it is another one, and each read is noted. */
export const keptNowhere = 'private, no-store';

/** A name with its content's hash never holds anything else; only the reader's own browser keeps it. */
export const cachedForEver = 'private, max-age=31536000, immutable';

const hashedNames = [
    /^\/_app\/immutable\//,
    /^\/data\/leads\/[0-9a-f]{12}\//,
    /^\/data\/.+\.[0-9a-f]{12}\.parquet$/,
];

export const isHashedName = (path: string) => hashedNames.some((pattern) => pattern.test(path));

/**
 * The Content-Security-Policy of an answer: scripts, data and images of this site and of no other,
 * nobody may frame it. The one script a page carries in itself, which starts it, is known by the
 * hash its renderer wrote into its head; a script that got into the page through data is not.
 */
export function contentPolicy(directory: string, path: string): string {
    const scripts = ["'self'", "'wasm-unsafe-eval'", ...startScripts(directory, path)];
    return [
        "default-src 'self'",
        `script-src ${scripts.join(' ')}`,
        // Charts and cards set their sizes and colours in style attributes.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ].join('; ');
}

const headLength = 8192;
const policyTag = /<meta http-equiv="content-security-policy" content="([^"]*)">/;
const hashSource = /'sha(?:256|384|512)-[A-Za-z0-9+/]+=*'/g;

interface KnownPage {
    readonly changed: number;
    readonly hashes: readonly string[];
}
const knownPages = new Map<string, KnownPage>();

function startScripts(directory: string, path: string): readonly string[] {
    const file = pageFile(directory, path);
    if (file === undefined) return [];
    const changed = statSync(file).mtimeMs;
    const known = knownPages.get(file);
    if (known?.changed === changed) return known.hashes;
    const [, policy = ''] = policyTag.exec(readFileSync(file, 'utf8').slice(0, headLength)) ?? [];
    const hashes = policy.match(hashSource) ?? [];
    knownPages.set(file, { changed, hashes });
    return hashes;
}

/** The file of a page; of an address without a file the page that says so. */
function pageFile(directory: string, path: string): string | undefined {
    const file = fileOf(directory, path) ?? fileOf(directory, '/404.html');
    return file?.endsWith('.html') ? file : undefined;
}

/** The file of an address, as the file server finds it in a folder. */
export function fileOf(directory: string, path: string): string | undefined {
    const plain = path.replace(/\/$/, '');
    return [plain, `${plain}.html`, `${plain}/index.html`]
        .map((place) => join(directory, place))
        .find(
            (one) =>
                one.startsWith(directory + sep) && existsSync(one) && !statSync(one).isDirectory(),
        );
}
