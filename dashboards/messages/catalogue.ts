import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** ICU texts by key: `finance.payouts.title`. */
export type Catalogue = ReadonlyMap<string, string>;

type Texts = { readonly [name: string]: string | Texts };

/** The language every other one is measured by. */
const FIRST = 'en';

/** File of a language's texts. */
export const messagesFile = (language: string) => join(import.meta.dirname, `${language}.json`);

/**
 * Reads the texts of a language.
 * @param file of nested names and ICU messages, see `messagesFile`
 * @throws Error when a text of the first language is missing, or one is there that it does not have
 */
export function readCatalogue(file: string): Catalogue {
    const texts = read(file);
    const first = read(messagesFile(FIRST));
    const missing = [...first.keys()].filter((key) => !texts.has(key));
    const unknown = [...texts.keys()].filter((key) => !first.has(key));
    if (missing.length > 0) {
        throw new Error(
            `${basename(file)} lacks ${missing.slice(0, 5).join(', ')}, which ${FIRST}.json has: translate them`,
        );
    }
    if (unknown.length > 0) {
        throw new Error(
            `${basename(file)} has ${unknown.slice(0, 5).join(', ')}, which ${FIRST}.json has not: take them out`,
        );
    }
    return texts;
}

function read(file: string): Catalogue {
    return new Map(flat(JSON.parse(readFileSync(file, 'utf8')), ''));
}

function* flat(texts: Texts, path: string): Generator<readonly [string, string]> {
    for (const [name, value] of Object.entries(texts)) {
        if (typeof value === 'string') yield [path + name, value];
        else yield* flat(value, `${path}${name}.`);
    }
}
