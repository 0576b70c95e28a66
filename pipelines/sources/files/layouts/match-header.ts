import type { ExportLayout } from './export-layout.ts';

export interface HeaderMatch {
    /** Column of the stream and its name in the file. */
    readonly names: ReadonlyMap<string, string>;
    /** Columns of the signature that are not there. */
    readonly missing: readonly string[];
    /** Whether every sign of the layout is there. */
    readonly isWhole: boolean;
    /** What stands in brackets behind an amount: `Amount spent (EUR)`. */
    readonly currency?: string;
}

/** Finds the columns of a layout in the header of a file. */
export function matchHeader(layout: ExportLayout, header: readonly string[]): HeaderMatch {
    const names = new Map<string, string>();
    let currency: string | undefined;
    for (const [column, { names: candidates }] of Object.entries(layout.columns)) {
        for (const candidate of candidates) {
            const found = header.find((name) => isNamed(name, candidate));
            if (found === undefined) continue;
            names.set(column, found);
            if (candidate.includes('*')) currency ??= currencyIn(found);
            break;
        }
    }
    const missing = layout.signature.filter((column) => !names.has(column));
    const hasOthers = layout.also.every((group) =>
        group.some((candidate) => header.some((name) => isNamed(name, candidate))),
    );
    return {
        names,
        missing,
        isWhole: missing.length === 0 && hasOthers,
        ...(currency === undefined ? {} : { currency }),
    };
}

/** Names are compared without case and with one kind of space; `*` stands for anything. */
export function isNamed(name: string, candidate: string): boolean {
    const [start = '', end] = plain(candidate).split('*');
    const word = plain(name);
    if (end === undefined) return word === start;
    return word.length >= start.length + end.length && word.startsWith(start) && word.endsWith(end);
}

function plain(name: string): string {
    return name.replace(/\s+/gu, ' ').trim().toLowerCase();
}

const signs: Readonly<Record<string, string>> = {
    '₽': 'RUB',
    'руб.': 'RUB',
    руб: 'RUB',
    '€': 'EUR',
    '£': 'GBP',
    zł: 'PLN',
    lei: 'RON',
};

function currencyIn(name: string): string | undefined {
    const code = /\b[A-Z]{3}\b/.exec(name)?.[0];
    return code ?? Object.entries(signs).find(([sign]) => name.includes(sign))?.[1];
}
