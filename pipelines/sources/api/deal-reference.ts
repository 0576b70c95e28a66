import { z } from 'zod';

/** How the id of a deal is found in a text of a document, such as the reference of an invoice. */
export const dealPattern = z
    .string()
    .refine(isPattern, 'a regular expression with one group, such as D-(\\d+)')
    .optional();

function isPattern(text: string): boolean {
    try {
        // Together with nothing, so that it matches and tells how many groups it has.
        return new RegExp(`${text}|`, 'u').exec('')?.length === 2;
    } catch {
        return false;
    }
}

/** The id of a deal in a text: what the pattern finds, or all of it without one. */
export function dealIn(
    text: string | null | undefined,
    pattern: string | undefined,
): string | null {
    const written = text?.trim() ?? '';
    if (pattern === undefined) return written || null;
    return new RegExp(pattern, 'u').exec(written)?.[1] ?? null;
}
