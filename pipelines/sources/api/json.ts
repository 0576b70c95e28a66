export type Json =
    | string
    | number
    | boolean
    | null
    | readonly Json[]
    | { readonly [key: string]: Json };

/** A double holds 15 digits exactly; point and digits of a longer number are 16 at least. */
const mayBeLong = /(?:^|[:,[\s-])[\d.]{16}/;

/** A page is parsed when it comes, to see that it is whole, and again where its rows are read. */
let last: { readonly text: string; readonly data: unknown } | undefined;

/**
 * Parses JSON; a number that a double cannot hold comes as its text, so that no id and no amount
 * changes on the way.
 * @returns the same object for the same text twice in a row: nobody may change it
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
    if (last?.text !== text) {
        const reviver = keepDigits as (key: string, value: unknown) => unknown;
        const data = mayBeLong.test(text) ? JSON.parse(text, reviver) : JSON.parse(text);
        last = { text, data };
    }
    return last.data;
}

/** The text of the number is known to engines of 2025; the types do not know yet. */
function keepDigits(_key: string, value: unknown, context: { readonly source?: string }): unknown {
    if (typeof value !== 'number' || context.source === undefined) return value;
    return String(value) === context.source ? value : exactText(context.source, value);
}

function exactText(source: string, value: number): number | string {
    const digits = source
        .replace(/[eE].*$/, '')
        .replace(/\D/g, '')
        .replace(/^0+/, '');
    return digits.length > 15 ? source : value;
}
