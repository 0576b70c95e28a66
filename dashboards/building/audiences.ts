import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYONE } from '../components/audience.js';
import { BuildError } from './errors.ts';
import { ROOT } from './paths.ts';

/**
 * Who sees what: `audiences.json`. Everything a part of the site holds can be downloaded by whoever may
 * open one page of it.
 */
export interface Audiences {
    /** The audience of each page, by route. */
    readonly pages: Readonly<Record<string, string>>;
    /** Audiences with a part for each of somebody or something: the table and column that list them. */
    readonly owners: Readonly<Record<string, readonly [table: string, column: string]>>;
    /**
     * Of each published table, which rows each audience has: `true` for all, a condition, or for an
     * audience with owners the column that says whose a row is.
     */
    readonly tables: Readonly<Record<string, Readonly<Record<string, true | string>>>>;
}

/** The audience of pay as a whole; the others have a part for each of somebody, or are everyone. */
const FINANCE = 'finance';

/** Reads the list. */
export const readAudiences = (): Audiences =>
    JSON.parse(readFileSync(join(ROOT, 'audiences.json'), 'utf8'));

/**
 * @param routes of all pages there are
 * @throws BuildError for a page without an audience, or an audience of none
 */
export function requireAudiences(
    { pages, owners, tables }: Audiences,
    routes: readonly string[],
): void {
    const missing = routes.filter((route) => !(route in pages));
    const unknown = Object.keys(pages).filter((route) => !routes.includes(route));
    if (missing.length > 0) {
        throw new BuildError(`audiences.json does not say who may open ${missing.join(', ')}`);
    }
    if (unknown.length > 0) {
        throw new BuildError(
            `audiences.json names ${unknown.join(', ')}, and there is no such page`,
        );
    }
    const known = [EVERYONE, FINANCE, ...Object.keys(owners)];
    const named = [
        ...Object.entries(pages),
        ...Object.entries(tables).flatMap(([table, rows]) =>
            Object.keys(rows).map((audience) => [table, audience] as const),
        ),
    ];
    for (const [whose, audience] of named) {
        if (known.includes(audience)) continue;
        throw new BuildError(
            `audiences.json: ${whose}: expected one of ${known.join(', ')}, got '${audience}'`,
        );
    }
    for (const [route, audience] of Object.entries(pages)) {
        if (audience in owners && !route.includes(`[${audience}]`)) {
            throw new BuildError(
                `audiences.json: ${route} is for a ${audience}, but its address does not say whose it is; expected [${audience}] in it`,
            );
        }
    }
}
