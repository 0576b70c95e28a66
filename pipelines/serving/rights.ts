import { FINANCE, LEAD, type User } from './users.ts';

/** Whose pay somebody may read. */
export interface Rights {
    /** Everybody's. */
    readonly isFinance: boolean;
    /** Of the people of these departments. */
    readonly departments: readonly string[];
    /** Their own. */
    readonly payee: string | undefined;
}

/** Of the person at this machine, where nobody signs in. */
export const ALL_RIGHTS: Rights = { isFinance: true, departments: [], payee: undefined };

/** Of somebody who reads what everybody reads, and no pay. */
export const NO_RIGHTS: Rights = { isFinance: false, departments: [], payee: undefined };

/** What the groups of a user amount to. */
export function rightsOf({ groups, payee }: Pick<User, 'groups' | 'payee'>): Rights {
    return {
        isFinance: groups.includes(FINANCE),
        departments: groups
            .filter((group) => group.startsWith(LEAD))
            .map((group) => group.slice(LEAD.length)),
        payee,
    };
}
