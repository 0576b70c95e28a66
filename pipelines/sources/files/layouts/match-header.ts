import type { ExportLayout } from './export-layout.ts';

export interface HeaderMatch {
    /** Column of the stream and its name in the file. */
    readonly names: ReadonlyMap<string, string>;
    /** Columns of the stream that several of the file make together. */
    readonly joined: ReadonlyMap<string, readonly string[]>;
    /** How much speaks for the layout; of two that are whole, the greater one is meant. */
    readonly score: number;
    /** Columns of the signature that are not there. */
    readonly missing: readonly string[];
    /** Whether the other signs of the layout are there. */
    readonly hasOthers: boolean;
    /** Whether every sign of the layout is there. */
    readonly isWhole: boolean;
    /** What stands in brackets behind an amount: `Amount spent (EUR)`. */
    readonly currency?: string;
}

/** Finds the columns of a layout in the header of a file, or in the title lines above it. */
export function matchHeader(
    layout: ExportLayout,
    header: readonly string[],
    titles: readonly string[] = [],
): HeaderMatch {
    const names = new Map<string, string>();
    const joined = new Map<string, readonly string[]>();
    let currency: string | undefined;
    for (const [column, { names: candidates, joined: groups = [] }] of Object.entries(
        layout.columns,
    )) {
        const found = findName(header, candidates) ?? findTitle(titles, candidates);
        if (found) {
            names.set(column, found.name);
            if (found.candidate.includes('*')) currency ??= currencyIn(found.name);
            continue;
        }
        const parts = groups.flatMap((group) => findName(header, group)?.name ?? []);
        if (parts[0] === undefined) continue;
        names.set(column, parts[0]);
        joined.set(column, parts);
    }
    const missing = layout.signature.filter((column) => !names.has(column));
    const hasOthers = layout.also.every((group) => findName(header, group) !== undefined);
    return {
        names,
        joined,
        missing,
        score: names.size + layout.also.length,
        hasOthers,
        isWhole: missing.length === 0 && hasOthers,
        ...(currency === undefined ? {} : { currency }),
    };
}

/** The first of these names that a header has. */
export function findName(header: readonly string[], candidates: readonly string[]) {
    for (const candidate of candidates) {
        const name = header.find((one) => isNamed(one, candidate));
        if (name !== undefined) return { candidate, name };
    }
    return undefined;
}

/** The columns of a header that are dates of events, by what happened. */
export function findEvents(
    { events }: ExportLayout,
    header: readonly string[],
): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    const taken = new Set<string>();
    for (const [type, candidates] of Object.entries(events?.columns ?? {})) {
        for (const candidate of candidates) {
            for (const name of header) {
                if (taken.has(name) || !isNamed(name, candidate)) continue;
                const what = type === '*' ? firstStar(name, candidate) : type;
                if (what === undefined) continue;
                taken.add(name);
                found.set(what, [...(found.get(what) ?? []), name]);
            }
        }
    }
    return found;
}

/** What the first star stands for: of `Date entered "* (*)"` the stage without its pipeline. */
function firstStar(name: string, candidate: string): string | undefined {
    const literal = candidate.replace(/[\\^$.+?()[\]{}|]/g, '\\$&');
    const pattern = new RegExp(`^${literal.replaceAll('*', '(.+)')}$`, 'iu');
    return pattern.exec(name.replace(/\s+/gu, ' ').trim())?.[1];
}

/** A name that ends with a colon is the beginning of a title line, which says the rest behind it. */
function findTitle(titles: readonly string[], candidates: readonly string[]) {
    for (const candidate of candidates.filter((one) => one.endsWith(':'))) {
        const title = titles.find((one) => plain(one).startsWith(plain(candidate)));
        if (title !== undefined) return { candidate, name: title.slice(0, title.indexOf(':')) };
    }
    return undefined;
}

/**
 * Names are compared without case and with one kind of space; `*` stands for anything. In a header
 * a star before a name says that a template wants it filled.
 */
function isNamed(name: string, candidate: string): boolean {
    const wanted = plain(candidate);
    const word = plain(name).replace(/^\*/, '');
    if (!wanted.includes('*')) return word === wanted;
    const [start = '', ...others] = wanted.split('*');
    const end = others.at(-1) ?? '';
    return word.length >= start.length + end.length && word.startsWith(start) && word.endsWith(end);
}

/** The names of layouts are compared with every cell near the top of a file. */
const plainNames = new Map<string, string>();

function plain(name: string): string {
    const known = plainNames.get(name);
    if (known !== undefined) return known;
    const found = name.replace(/\s+/gu, ' ').trim().toLowerCase();
    // Cells are without end, names of columns are not.
    if (plainNames.size < 10_000) plainNames.set(name, found);
    return found;
}

const signs: Readonly<Record<string, string>> = {
    '₽': 'RUB',
    'руб.': 'RUB',
    руб: 'RUB',
    '€': 'EUR',
    R$: 'BRL',
    '₴': 'UAH',
    '₸': 'KZT',
    Kč: 'CZK',
    '£': 'GBP',
    zł: 'PLN',
    lei: 'RON',
};

function currencyIn(name: string): string | undefined {
    const code = /\b[A-Z]{3}\b/.exec(name)?.[0];
    return code ?? Object.entries(signs).find(([sign]) => name.includes(sign))?.[1];
}
