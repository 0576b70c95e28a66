import { join } from 'node:path';
import { type Config, readSecret } from '../config.ts';
import { count } from '../count.ts';
import { ConfigError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { systemClock } from '../sources/api/clock.ts';
import { beginConsent } from '../sources/api/consent.ts';
import type { Asked, ConsentSettings, SystemSettings } from '../sources/api/settings.ts';
import {
    type ConnectionConfig,
    connectionSchema,
    openConnection,
    systems,
} from '../sources/registry.ts';
import type { AskPerson } from './ask-person.ts';
import { pastedAnswer, receiveAnswer, redirectOf } from './consent.ts';
import type { Context } from './context.ts';
import { tableEntries } from './table-entry.ts';
import { writeConnection, writeSecrets } from './write-connection.ts';

export interface ConnectOptions {
    readonly name?: string;
    readonly since?: string;
    /** `setting=value`, a list with commas. */
    readonly set: readonly string[];
    /** Writes it although the system did not answer. */
    readonly untested?: boolean;
    /** Where the system sends the browser after the consent, as the app names it. */
    readonly redirect?: string;
    /** The person pastes the address: the browser is on another machine. */
    readonly paste?: boolean;
}

/**
 * Connects a system: asks for what it needs, tries it, and writes the config and the secrets.
 * @returns what was done, a line each
 * @throws ConfigError for what is missing, SourceError when the system refuses
 */
export async function connectSystem(
    { config, paths }: Context,
    systemName: string,
    options: ConnectOptions,
    { say, ask }: { readonly say: (text: string) => void; readonly ask: AskPerson | undefined },
): Promise<readonly string[]> {
    const system = findSystem(systemName);
    say(`${system.title}\n\n${system.access}\n`);
    const name =
        options.name ??
        (await answer(ask, `Name of the connection (${system.system})`)) ??
        system.system;
    assertFree(config, name);
    const written = await settingsOf(system, name, options, ask);
    const connection = parseConnection(written);
    const secrets = await secretsOf(config, { system, connection, options, say, ask });
    let found: Found = { lines: [], report: [] };
    if (!options.untested) {
        const connector = await openConnection(connection, {
            clock: systemClock,
            directory: join(paths.directory, 'connections', name),
            secret: (secret) => secrets.get(secret) ?? readSecret(config, name, secret),
            onNote: say,
        });
        try {
            say(`ok: ${await connector.test()}`);
            const tables = written.tables === undefined ? await connector.tables?.() : undefined;
            if (tables) found = await tableEntries(tables, config.company.currency);
        } finally {
            await connector.close?.();
        }
    }
    if (found.report.length > 0) say(found.report.join('\n'));
    await writeConnection(config, written, found.lines);
    const env = await writeSecrets(config.directory, name, secrets);
    return [
        `${config.file}: connection ${name}`,
        ...(secrets.size > 0
            ? [`${env}: ${count(secrets.size, 'secret')}, readable by you alone`]
            : []),
        // Folders of systems are named as they are.
        `what it loads, and settings for what only your company has: pipelines/sources/${system.system.replaceAll('_', '-')}/README.md`,
        ...nextSteps(config.file, found),
    ];
}

type Found = Awaited<ReturnType<typeof tableEntries>>;

function nextSteps(file: string, { lines }: Found): readonly string[] {
    if (lines.length === 0) return [`next: npx jointly run --config ${file}`];
    return [
        ...(file.endsWith('.json') ? ['tables that it may load:', ...lines] : []),
        `next: look at the tables in ${file}, take the // away where they are right, and see what is read of them: npx jointly doctor --config ${file}`,
    ];
}

function findSystem(name: string): SystemSettings {
    const found = systems.find(({ system }) => system === name);
    if (found) return found;
    const known = systems.map(({ system }) => system);
    const guess = nearest(name, known);
    throw new ConfigError({
        what: `There is no system ${name}${guess ? `; did you mean ${guess}?` : '.'}`,
        fix: `choose from: ${known.join(', ')}`,
    });
}

function assertFree({ inputs, connections, file }: Config, name: string): void {
    if (![...inputs, ...connections].some((one) => one.name === name)) return;
    throw new ConfigError({
        what: `The config has an input or connection ${name} already.`,
        file,
        fix: 'give another name: --name',
    });
}

async function answer(ask: AskPerson | undefined, question: string): Promise<string | undefined> {
    return (await ask?.(question, false))?.trim() || undefined;
}

async function settingsOf(
    { system, asked }: SystemSettings,
    name: string,
    options: ConnectOptions,
    ask: AskPerson | undefined,
): Promise<Record<string, unknown>> {
    const given = new Map(options.set.map(splitSetting));
    const settings: Record<string, unknown> = { name, system };
    settings.since =
        options.since ?? (await answer(ask, 'First day to load, for example 2025-01-01'));
    for (const one of asked) {
        const value = given.get(one.name) ?? (await answer(ask, questionOf(one)));
        given.delete(one.name);
        if (value !== undefined) settings[one.name] = one.isList ? listOf(value) : value;
    }
    // Settings that nobody is asked for: numbers and lists are written as in JSON.
    for (const [setting, value] of given) settings[setting] = jsonOr(value);
    return settings;
}

function splitSetting(text: string): [string, string] {
    const place = text.indexOf('=');
    if (place > 0) return [text.slice(0, place), text.slice(place + 1)];
    throw new ConfigError({
        what: `--set ${text} is not setting=value.`,
        fix: 'write --set setting=value',
    });
}

function questionOf({ what, example, isList, isOptional }: Asked): string {
    const many = isList ? ', several with commas' : '';
    return `${what[0]?.toUpperCase()}${what.slice(1)}${many}${isOptional ? ' (may stay empty)' : ''}, for example ${example}`;
}

const listOf = (text: string) =>
    text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean);

function jsonOr(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

function parseConnection(written: Record<string, unknown>): ConnectionConfig {
    const parsed = connectionSchema.safeParse(written);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const setting = issue?.path.join('.') ?? '';
    throw new ConfigError({
        what: `${setting}: ${issue?.message}`,
        fix: setting === 'since' ? 'give it with --since' : `give it with --set ${setting}=...`,
        cause: parsed.error,
    });
}

interface Handover {
    readonly system: SystemSettings;
    readonly connection: ConnectionConfig;
    readonly options: ConnectOptions;
    readonly say: (text: string) => void;
    readonly ask: AskPerson | undefined;
}

/**
 * Secrets that are not set yet. What is given on a command line stands in its history. One that a
 * consent brings is asked for last, when what the consent needs is known.
 */
async function secretsOf(config: Config, handover: Handover): Promise<ReadonlyMap<string, string>> {
    const { system, connection, ask } = handover;
    const consent = system.consent?.isFor?.(connection) === false ? undefined : system.consent;
    const typed = new Map<string, string>();
    const known = (name: string) =>
        typed.get(name) ??
        (isSet(config, connection.name, name)
            ? readSecret(config, connection.name, name)
            : undefined);
    const inOrder = system.secrets.toSorted(
        (one, other) =>
            Number(one.name === consent?.yields) - Number(other.name === consent?.yields),
    );
    for (const { name, what, isOptional } of inOrder) {
        if (known(name) !== undefined) continue;
        const isBrought = name === consent?.yields;
        const hint = isBrought ? 'not shown; empty to consent in a browser now' : 'not shown';
        const value = (await ask?.(`${what} (${hint})`, true))?.trim();
        const given = value || (isBrought && consent ? await bring(consent, handover, known) : '');
        if (given) typed.set(name, given);
        else if (!isOptional) readSecret(config, connection.name, name);
    }
    return typed;
}

/** Lets a person consent. Empty where nobody can, or the app is not known. */
async function bring(
    consent: ConsentSettings,
    { system, connection, options, say, ask }: Handover,
    known: (name: string) => string | undefined,
): Promise<string> {
    const clientId = known('client_id');
    const clientSecret = known('client_secret');
    if (clientId === undefined || clientSecret === undefined) return '';
    // Without a terminal nobody sees the address.
    if (ask === undefined) return '';
    const own = 'redirect_uri' in connection ? connection.redirect_uri : undefined;
    const redirect = redirectOf(consent, options.redirect ?? own, options.paste ?? false);
    const begun = await beginConsent({
        title: system.title,
        consent,
        connection,
        clientId,
        clientSecret,
        redirect: redirect.address,
    });
    const show = () =>
        say(
            `The app has to know this redirect address: ${redirect.address}\nOpen this page and consent:\n\n${begun.url}\n`,
        );
    if (redirect.isLocal) return begun.finish(await receiveAnswer(begun, redirect, show));
    show();
    return begun.finish(await pastedAnswer(ask));
}

function isSet(config: Config, connection: string, name: string): boolean {
    try {
        return readSecret(config, connection, name) !== '';
    } catch (error) {
        if (error instanceof ConfigError) return false;
        throw error;
    }
}
