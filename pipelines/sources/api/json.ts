export type Json =
    | string
    | number
    | boolean
    | null
    | readonly Json[]
    | { readonly [key: string]: Json };

/** A double holds 15 digits exactly; point and digits of a longer number are 16 at least. */
const mayBeLong = /[\d.]{16}/;

/**
 * Parses JSON; a number that a double cannot hold comes as its text, so that no id and no amount
 * changes on the way.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
    if (!mayBeLong.test(text)) return JSON.parse(text);
    return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
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
