import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { hashPassword } from '../serving/password.ts';
import { FINANCE, findUser, LEAD, readUsers, type User, writeUsers } from '../serving/users.ts';
import { asTable } from './as-table.ts';
import { askOnTerminal } from './ask-person.ts';
import type { Context } from './context.ts';

interface UserOptions {
    readonly finance?: true;
    readonly lead?: readonly string[];
    readonly payee?: string;
    /** False for people who sign in elsewhere. */
    readonly password: boolean;
}

type Run = (work: (context: Context) => Promise<string>) => Promise<void>;

const list = (value: string) => value.split(',').map((one) => one.trim());

/** Adds `users`: who may read the pages that `serve` shows, and whose pay. @param run prints what the work says */
export function addUsersCommands(program: Command, run: Run): void {
    const users = program.command('users').description('who may read the pages, and whose pay');
    users
        .command('add')
        .argument('<name>', 'what they sign in as; with a provider, what it says of them')
        .description('add somebody; asks for a password, or reads it from standard input')
        .option('--finance', 'may read all pay')
        .option('--lead <departments>', 'may read the pay of these departments, with commas', list)
        .option('--payee <id>', 'whose statements are their own')
        .option('--no-password', 'they sign in with a provider, or by a proxy')
        .action((name: string, options: UserOptions) =>
            run((context) => addUser(context, name, options)),
        );
    users
        .command('password')
        .argument('<name>')
        .description('give somebody another password, which ends their sessions')
        .action((name: string) => run((context) => changePassword(context, name)));
    users
        .command('remove')
        .argument('<name>')
        .description('take somebody out, which ends their sessions')
        .action((name: string) => run(async (context) => removeUser(context, name)));
    users
        .command('list')
        .description('list who may read what')
        .option('--json', 'as JSON')
        .action(({ json }: { json?: true }) =>
            run(async ({ config }) => describeUsers(readUsers(usersFile(config)), json)),
        );
}

/** The file of the people who may read, which stands beside the config. */
export const usersFile = ({ directory, serve }: Pick<Config, 'directory' | 'serve'>) =>
    resolve(directory, serve.users ?? 'users.json');

async function addUser(
    { config }: Context,
    name: string,
    { finance, lead = [], payee, password }: UserOptions,
): Promise<string> {
    const file = usersFile(config);
    const users = existsSync(file) ? readUsers(file) : [];
    if (findUser(users, name)) {
        throw new ConfigError({
            what: `${name} is in ${file} already.`,
            fix: `npx jointly users remove ${name}, or npx jointly users password ${name}`,
        });
    }
    const added: User = {
        name,
        ...(password ? { password: await newPassword() } : {}),
        groups: [...(finance ? [FINANCE] : []), ...lead.map((one) => LEAD + one)],
        ...(payee === undefined ? {} : { payee }),
    };
    writeUsers(file, [...users, added]);
    return `${name} is in ${file} and reads ${reads(added)}\n`;
}

async function changePassword({ config }: Context, name: string): Promise<string> {
    const file = usersFile(config);
    const users = readUsers(file);
    const user = knownUser(users, name, file);
    const changed = { ...user, password: await newPassword() };
    writeUsers(
        file,
        users.map((one) => (one === user ? changed : one)),
    );
    return `${user.name} has another password\n`;
}

function removeUser({ config }: Context, name: string): string {
    const file = usersFile(config);
    const users = readUsers(file);
    const user = knownUser(users, name, file);
    writeUsers(
        file,
        users.filter((one) => one !== user),
    );
    return `${user.name} is no longer in ${file}\n`;
}

function knownUser(users: readonly User[], name: string, file: string): User {
    const user = findUser(users, name);
    if (user) return user;
    throw new ConfigError({
        what: `There is no ${name} in ${file}.`,
        fix: 'npx jointly users list shows who is there',
    });
}

/** Asked twice on a terminal; without one, the first line of standard input. */
async function newPassword(): Promise<string> {
    const ask = askOnTerminal();
    try {
        const password = ask ? await ask('Password (not shown)', true) : await firstLine();
        if (ask && (await ask('Once more', true)) !== password) {
            throw new ConfigError({ what: 'The two passwords differ.', fix: 'try again' });
        }
        return await hashPassword(password);
    } finally {
        ask?.close();
    }
}

async function firstLine(): Promise<string> {
    for await (const line of createInterface({ input: process.stdin })) return line;
    throw new ConfigError({
        what: 'There is no password on standard input.',
        fix: 'run it on a terminal, or send the password: npx jointly users add NAME < password-file',
    });
}

function describeUsers(users: readonly User[], isJson = false): string {
    if (isJson) {
        const shown = users.map(({ password, ...user }) => ({
            ...user,
            has_password: password !== undefined,
        }));
        return `${JSON.stringify({ schema_version: 1, users: shown }, undefined, 2)}\n`;
    }
    const rows = users.map((user) => [
        user.name,
        user.password === undefined ? 'elsewhere' : 'password',
        reads(user),
    ]);
    return asTable([['user', 'signs in by', 'reads'], ...rows]);
}

/** In words, what somebody reads beside what everybody does. */
function reads({ groups, payee }: User): string {
    if (groups.includes(FINANCE)) return 'all pages, and the pay of everybody';
    const pay = [
        ...groups.map((group) => `of the people of ${group.slice(LEAD.length)}`),
        ...(payee === undefined ? [] : [`of ${payee}`]),
    ];
    return pay.length === 0
        ? 'pages without pay'
        : `pages without pay, and the pay ${pay.join(', and ')}`;
}
