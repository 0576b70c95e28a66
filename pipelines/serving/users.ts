import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { folderDisk } from '../disk.ts';
import { ConfigError } from '../errors.ts';
import { isPasswordHash } from './password.ts';

/** Reads all pay. */
export const FINANCE = 'finance';
/** Before the id of a department: reads the pay of its people. */
export const LEAD = 'lead:';

const user = z.strictObject({
    /** What somebody signs in as: a name, or what the provider or the proxy says of them. */
    name: z.string().regex(/^[^\s\p{C}]{1,200}$/u, 'one word of up to 200 characters'),
    /** None of people who sign in elsewhere. */
    password: z.string().refine(isPasswordHash, 'a hash as `users add` writes it').optional(),
    groups: z
        .array(z.string().regex(/^(finance|lead:.+)$/, 'finance, or lead: and a department'))
        .default([]),
    /** Whose statements are their own. */
    payee: z.string().min(1).optional(),
});

const file = z.strictObject({ users: z.array(user) }).superRefine(({ users }, context) => {
    const seen = new Set<string>();
    users.forEach(({ name }, index) => {
        if (seen.has(keyOf(name))) {
            context.addIssue({
                code: 'custom',
                path: ['users', index, 'name'],
                message: `${name} is there twice`,
            });
        }
        seen.add(keyOf(name));
    });
});

export type User = z.output<typeof user>;

/** E-mail addresses are written in capitals or not; a sign whose small letter is another's is not it. */
const keyOf = (name: string) => `${name.toLowerCase()}\n${name.toUpperCase()}`;

/** The user of a name. */
export const findUser = (users: readonly User[], name: string) =>
    users.find((one) => keyOf(one.name) === keyOf(name));

/**
 * The people who may read, as their file says.
 * @throws ConfigError for a file that others can read or that is none, naming the place
 */
export function readUsers(path: string): readonly User[] {
    if (!existsSync(path)) {
        throw new ConfigError({
            what: `There is no file of users ${path}.`,
            fix: 'npx jointly users add NAME --config FILE writes it',
        });
    }
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
        throw new ConfigError({
            what: 'Other users of this machine can read or write the file of users.',
            file: path,
            fix: `chmod 600 ${path}`,
        });
    }
    return checked(path, parsed(path));
}

/**
 * Writes the file of users, which its owner alone can read: the old one or the new one is there.
 * @throws ConfigError for users that could not be read again
 */
export function writeUsers(path: string, users: readonly User[]): void {
    checked(path, { users });
    const disk = folderDisk(dirname(path));
    const draft = `${basename(path)}.draft-${process.pid}`;
    disk.write(draft, `${JSON.stringify({ users }, undefined, 4)}\n`);
    disk.flush(draft);
    disk.rename(draft, basename(path));
    disk.flushFolder();
}

function checked(path: string, content: unknown): readonly User[] {
    const found = file.safeParse(content);
    if (found.success) return found.data.users;
    throw new ConfigError({
        what: found.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('\n'),
        file: path,
        fix: 'correct the named place, or take the user out and add them anew: npx jointly users add NAME',
        cause: found.error,
    });
}

function parsed(path: string): unknown {
    try {
        return JSON.parse(readFileSync(path, 'utf8'));
    } catch (cause) {
        throw new ConfigError({
            what: 'The file of users is no JSON.',
            why: (cause as Error).message,
            file: path,
            fix: 'correct it, or put back the one before',
            cause,
        });
    }
}
