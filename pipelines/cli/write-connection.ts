import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { configText } from '../config-text.ts';
import { ConfigError } from '../errors.ts';
import { writePrivately } from '../sources/api/private-file.ts';
import { variableOf } from '../sources/api/settings.ts';

/**
 * Adds a connection to the text of the config, which is left as it was when that breaks it.
 * @param tables lines of what it may load, where a person chooses
 */
export async function writeConnection(
    { file }: Config,
    settings: Record<string, unknown>,
    tables: readonly string[],
): Promise<void> {
    const before = readFileSync(file, 'utf8');
    const after = file.endsWith('.json')
        ? withJson(before, settings)
        : withEntry(before, settings, tables);
    if (after === undefined) throw notWritten(file, settings);
    writeFileSync(file, after);
    // A module is imported once: what was written is read under another name.
    const copy = file.replace(/(\.[^.]+)$/, `.${randomUUID()}$1`);
    try {
        writeFileSync(copy, after);
        const { connections } = await readConfig(copy);
        if (!connections.some(({ name }) => name === settings.name))
            throw notWritten(file, settings);
    } catch (error) {
        writeFileSync(file, before);
        throw error;
    } finally {
        rmSync(copy, { force: true });
    }
}

function withJson(text: string, settings: Record<string, unknown>): string {
    const config = JSON.parse(text) as { connections?: unknown[] };
    config.connections = [...(config.connections ?? []), settings];
    return `${JSON.stringify(config, null, 4)}\n`;
}

function withEntry(
    text: string,
    settings: Record<string, unknown>,
    tables: readonly string[],
): string | undefined {
    const lines = Object.entries(settings)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}: ${literal(value)},`);
    if (tables.length > 0) lines.push('tables: [', ...tables.map((line) => `    ${line}`), '],');
    const own = lines.map((line) => `            ${line}`).join('\n');
    const entry = `        {\n${own}\n        },\n`;
    const list = /^( *connections: \[)(\]?)/m;
    if (list.test(text)) {
        return text.replace(list, (_, start: string, end: string) =>
            end ? `${start}\n${entry}    ]` : `${start}\n${entry.trimEnd()}`,
        );
    }
    const inputs = /^ {4}(?:\/\/[^\n]*\n {4})*inputs: \[/m;
    if (!inputs.test(text)) return undefined;
    return text.replace(inputs, (found) => `    connections: [\n${entry}    ],\n\n${found}`);
}

function literal(value: unknown): string {
    if (typeof value === 'string') return configText(value);
    if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
    return JSON.stringify(value);
}

function notWritten(file: string, settings: Record<string, unknown>): ConfigError {
    return new ConfigError({
        what: `The connection could not be written into ${file}.`,
        fix: `add it to connections by hand: ${JSON.stringify(settings)}`,
    });
}

/** @returns the file */
export async function writeSecrets(
    directory: string,
    connection: string,
    secrets: ReadonlyMap<string, string>,
): Promise<string> {
    const file = join(directory, '.env');
    if (secrets.size === 0) return file;
    const names = new Map(
        [...secrets].map(([name, value]) => [variableOf(connection, name), value]),
    );
    const kept = (existsSync(file) ? readFileSync(file, 'utf8') : '')
        .split('\n')
        .filter((line) => line !== '' && !names.has(line.split('=')[0]?.trim() ?? ''));
    const added = [...names].map(([name, value]) => `${name}=${quoted(value)}`);
    await writePrivately(file, `${[...kept, ...added].join('\n')}\n`);
    return file;
}

/** A `#`, a space or a quote would end the value. */
function quoted(value: string): string {
    if (/^[\w./:@+=-]*$/.test(value)) return value;
    return value.includes("'") ? `"${value}"` : `'${value}'`;
}
