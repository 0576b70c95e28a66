import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../errors.ts';
import { followFile } from './follow-file.ts';
import type { Rights } from './rights.ts';

/** What everybody reads who reads any page; it holds no pay. */
export const EVERYONE = 'everyone';
/** Compiled pages of pay, without data. */
const CODE = 'code';

const owner = z.object({
    audience: z.enum(['department', 'payee']),
    id: z.string(),
    /** As it stands in the address of a page. */
    address: z.string(),
    /** The folder. */
    part: z.string(),
    name: z.string().nullish(),
    department: z.string().nullish(),
});

const readers = z.object({
    /** The audience of each page, by route. */
    pages: z.record(z.string(), z.string()),
    owners: z.array(owner),
});

export type Owner = z.output<typeof owner>;

/** The parts of a built site, each in a folder of its own, and whose they are. */
export interface Site extends z.output<typeof readers> {
    readonly directory: string;
}

/**
 * Follows a site: who its parts are for is read anew when it was published anew.
 * @throws ConfigError when there is none, or an older version built it
 */
export function followSite(directory: string): () => Site {
    const file = join(directory, 'readers.json');
    if (!existsSync(join(directory, EVERYONE, 'index.html')) || !existsSync(file)) {
        throw new ConfigError({
            what: `There are no pages in ${directory}.`,
            fix: 'build them first: npx jointly run --config FILE',
        });
    }
    return followFile(file, (path) => ({
        ...readers.parse(JSON.parse(readFileSync(path, 'utf8'))),
        directory,
    }));
}

/** The payees whose statements somebody may read. */
export function payeesFor({ owners }: Site, { isFinance, departments, payee }: Rights) {
    return owners.filter(
        ({ audience, id, department }) =>
            audience === 'payee' &&
            (isFinance || id === payee || departments.includes(department ?? '')),
    );
}

/** The departments whose pay somebody reads on one page. */
export function teamsFor({ owners }: Site, { isFinance, departments }: Rights) {
    return owners.filter(
        ({ audience, id }) => audience === 'department' && (isFinance || departments.includes(id)),
    );
}

/** The folders somebody may read, that of everyone first. */
export function partsFor(site: Site, rights: Rights): readonly string[] {
    const own = [...teamsFor(site, rights), ...payeesFor(site, rights)].map(({ part }) => part);
    const finance = rights.isFinance ? ['finance'] : [];
    const pay = [...finance, ...own];
    return [EVERYONE, ...(pay.length > 0 ? [CODE] : []), ...pay];
}

/** What a part holds, in words of a log. */
export function contentOf({ owners }: Site, part: string): string {
    const found = owners.find((one) => one.part === part);
    return found ? `pay of the ${found.audience} ${found.id}` : `pay of all (${part})`;
}

/** Whether a file of a part says what anybody is paid. */
export const isPay = (part: string) => part !== EVERYONE && part !== CODE;
