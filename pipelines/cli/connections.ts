import { type Config, readSecret } from '../config.ts';
import { ConfigError, JointlyError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { systemClock } from '../sources/api/clock.ts';
import type { SystemSettings } from '../sources/api/settings.ts';
import { type ConnectionConfig, streamsOf, systemOf, systems } from '../sources/registry.ts';
import type { Context } from './context.ts';

const warnDays = 90;
const day = 86_400_000;

/** What is connected, and what could be: a line each. */
export function listSources({ inputs, connections }: Config): string {
    const lines = [
        ...inputs.map(({ name, stream }) => `input       ${name.padEnd(20)} ${stream}`),
        ...connections.map(
            (one) =>
                `connection  ${one.name.padEnd(20)} ${systemOf(one.system).title}: ${streamsOf(one).join(', ')}`,
        ),
        ...systems.map(
            ({ system, title, streams }) =>
                `system      ${system.padEnd(20)} ${title}: ${streams.join(', ')}`,
        ),
    ];
    return `${lines.join('\n')}\n`;
}

/**
 * Asks every connection, or those that are named, for something small.
 * @throws the first failure, when all are done
 */
export async function testSources(
    { config, paths }: Context,
    names: readonly string[],
    print: (text: string) => void,
): Promise<void> {
    const unknown = names.find((name) => !config.connections.some((one) => one.name === name));
    if (unknown !== undefined) throw unknownConnection(config, unknown);
    const { openWithSecrets } = await import('../run/load-connections.ts');
    let failure: JointlyError | undefined;
    for (const connection of config.connections) {
        if (names.length > 0 && !names.includes(connection.name)) continue;
        try {
            const options = { stateDirectory: paths.directory };
            const connector = await openWithSecrets(config, connection, options, print);
            try {
                print(`ok      ${connection.name}: ${await connector.test()}`);
            } finally {
                await connector.close?.();
            }
        } catch (error) {
            if (!(error instanceof JointlyError)) throw error;
            failure ??= error;
            print(`failed  ${connection.name}: ${error.message}`);
        }
    }
    if (failure) throw failure;
}

function unknownConnection({ connections }: Config, name: string): ConfigError {
    const known = connections.map((one) => one.name);
    const guess = nearest(name, known);
    return new ConfigError({
        what: `The config has no connection ${name}${guess ? `; did you mean ${guess}?` : '.'}`,
        fix: known.length > 0 ? `choose from: ${known.join(', ')}` : 'npx jointly connect',
    });
}

/**
 * What can be said of a connection without asking: its secrets are set, and how long its version is
 * answered.
 * @throws ConfigError for a secret that is not set, or a version that is no longer answered
 */
export function checkConnection(
    config: Config,
    connection: ConnectionConfig,
    now = systemClock.now(),
): string {
    const system: SystemSettings = systemOf(connection.system);
    for (const { name, isOptional } of system.secrets) {
        if (!isOptional) readSecret(config, connection.name, name);
    }
    const version = 'version' in connection ? connection.version : undefined;
    const lastDay = version === undefined ? undefined : system.version?.lastDays[version];
    if (version === undefined || lastDay === undefined) return version ?? system.title;
    const left = Math.floor((Date.parse(lastDay) - now) / day);
    const text = `version ${version} of ${system.title} is answered until ${lastDay}`;
    const newer = system.version?.default ?? '';
    const fix =
        newer > version
            ? `set version: '${newer}' in connection ${connection.name}`
            : 'update this program: it will know a later version';
    if (left < 0) throw new ConfigError({ what: `${text}, which is over.`, fix });
    return left <= warnDays ? `${text}: ${left} days are left; ${fix}` : text;
}
