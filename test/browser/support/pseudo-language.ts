import type { Catalogue } from '../../../dashboards/messages/catalogue.ts';
import { partsOf } from '../../../dashboards/messages/places.ts';

type Part = ReturnType<typeof partsOf>[number];

const LETTERS = 'aceiklnorsuyzACEIKLNORSUYZ';
const ACCENTED = 'áćéíķļñóřšúýžÁĆÉÍĶĻÑÓŘŠÚÝŽ';

/** A language in which every text is in brackets and has accents: whatever has none is in no message. */
export function pseudoLanguage(catalogue: Catalogue): Readonly<Record<string, unknown>> {
    const tree: Record<string, unknown> = {};
    for (const [key, text] of catalogue) {
        const names = key.split('.');
        let branch = tree;
        for (const name of names.slice(0, -1)) {
            branch[name] ??= {};
            branch = branch[name] as Record<string, unknown>;
        }
        branch[names.at(-1) ?? key] = `⟦${written(partsOf(text))}⟧`;
    }
    return tree;
}

/** What of a text is outside the brackets. */
export function outsideBrackets(text: string): string {
    let left = text;
    for (let before = ''; before !== left; ) {
        before = left;
        left = left.replace(/⟦[^⟦⟧]*⟧/g, ' ');
    }
    return left;
}

/** ICU text of the parts, with accents on its words only. */
function written(parts: readonly Part[]): string {
    return parts
        .map((part) => {
            if (part.type === 0) return accented(part.value);
            if (part.type === 7) return '#';
            if (part.type === 2) return `{${part.value}, number}`;
            if (!('options' in part)) return `{${part.value}}`;
            const kind = part.type === 6 ? 'plural' : 'select';
            const options = Object.entries(part.options).map(
                ([name, { value }]) => `${name} {${written(value)}}`,
            );
            return `{${part.value}, ${kind}, ${options.join(' ')}}`;
        })
        .join('');
}

/** The address of a link and code in a text are no words. */
const NO_WORDS = /(\]\([^)]*\)|`[^`]*`)/;

function accented(text: string): string {
    return text
        .split(NO_WORDS)
        .map((part) => (NO_WORDS.test(part) ? part : withAccents(part)))
        .join('')
        .replace(/[{}<>#]+/g, "'$&'");
}

const withAccents = (text: string) =>
    [...text].map((letter) => ACCENTED[LETTERS.indexOf(letter)] ?? letter).join('');
