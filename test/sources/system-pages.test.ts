import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../../pipelines/config.ts';
import { streamNames } from '../../pipelines/contracts/registry.ts';
import { systemClock } from '../../pipelines/sources/api/clock.ts';
import { type SystemSettings, variableOf } from '../../pipelines/sources/api/settings.ts';
import {
    type ConnectionConfig,
    connectionSchema,
    openConnection,
    streamsOf,
    systems,
} from '../../pipelines/sources/registry.ts';

/** The page of a system says what the program does, or whoever follows it is led astray. */

/** Folders of systems are named as they are; `connect` names the page. */
const pages = systems.map((settings: SystemSettings) => {
    const folder = settings.system.replaceAll('_', '-');
    const file = join(projectRoot, 'pipelines/sources', folder, 'README.md');
    return { settings, system: settings.system, text: readFileSync(file, 'utf8') };
});

/** The connections a page shows: entries of a config, or `connect` with its flags. */
function examplesIn(text: string, { system, asked }: SystemSettings): readonly ConnectionConfig[] {
    const blocks = [...text.matchAll(/```ts\n(.*?)```/gs)].flatMap(([, block = '']) =>
        block.split(/\n(?=\{)/).map((entry) => {
            const code = entry.replace(/ +\/\/ .*$/m, '').trim();
            return runInNewContext(`(${code})`) as Record<string, unknown>;
        }),
    );
    const commands = [...text.matchAll(/npx jointly connect (\w+)([^\n]*--set[^\n]*)/g)].map(
        ([, name, flags = '']) => {
            const set = [...flags.matchAll(/--set (\w+)=(\S+)/g)].map(([, setting = '', value]) => {
                const isList = asked.some((one) => one.name === setting && one.isList);
                return [setting, isList ? value?.split(',') : value] as const;
            });
            const own = /--name (\w+)/.exec(flags)?.[1] ?? system;
            return { name: own, system: name, since: '2025-01-01', ...Object.fromEntries(set) };
        },
    );
    return [...blocks, ...commands].map((one) => connectionSchema.parse(one));
}

/** `leads` and `leads.channel` name the stream leads, and so does an entry of a config. */
const named = (stream: string, text: string) => new RegExp(`[\`']${stream}[\`'.]`).test(text);

/** Settings that a schema has, at any depth. */
function settingsIn(schema: unknown): readonly string[] {
    if (schema instanceof z.ZodObject) {
        return Object.entries(schema.shape).flatMap(([name, of]) => [name, ...settingsIn(of)]);
    }
    if (schema instanceof z.ZodArray) return settingsIn(schema.element);
    const { innerType } = (schema as z.ZodType).def as { innerType?: unknown };
    return innerType === undefined ? [] : settingsIn(innerType);
}

it.each(pages)(
    'the page of $system says what it needs, loads and cannot, limits and traps',
    ({ text }) => {
        for (const part of [/needs/i, /loads/i, /cannot/i, /limits/i, /traps/i]) {
            expect(text).toMatch(new RegExp(`^(## .*|\\*\\*.*|\\| )${part.source}`, 'im'));
        }
    },
);

it.each(pages)(
    'the example of $system is a connection, with every setting it needs',
    ({ settings, text }) => {
        const examples = examplesIn(text, settings);
        expect(examples.length).toBeGreaterThan(0);
        expect(examples.map((one) => one.system)).toEqual(examples.map(() => settings.system));
    },
);

it.each(pages)('the page of $system names each secret by its variable', ({ settings, text }) => {
    const [{ name } = { name: '' }] = examplesIn(text, settings);
    const missing = settings.secrets.filter((secret) => {
        const variable = variableOf(name, secret.name);
        const ending = `_${secret.name.toUpperCase()}`;
        return ![variable, `<CONNECTION>${ending}`, `\`${ending}\``].some((one) =>
            text.includes(one),
        );
    });
    expect(missing.map((secret) => secret.name)).toEqual([]);
});

it.each(pages)('the page of $system names no setting that there is not', ({ settings, text }) => {
    const known = [...settingsIn(settings.schema), ...streamNames, 'max_loss_share'];
    // Of a table of settings the first column, and what is written as in the config.
    const tables = [...text.matchAll(/\| setting[^\n]*\n\|[-|]+\n((?:\|[^\n]*\n)*)/g)]
        .flatMap(([, rows = '']) => rows.split('\n'))
        .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/[\w.[\]]+(?=`)/g)])
        .map(([name]) => name);
    const written = [...text.matchAll(/`([a-z_]+): (?:'[^`]*'|true|false|\d+|\{[^`]*)`/g)].map(
        ([, name = '']) => name,
    );
    const named = [...tables, ...written].map((name) => name.split('.').at(-1) ?? name);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

it.each(pages)(
    'the page of $system names the streams that its feeds bring',
    async ({ settings, text }) => {
        for (const connection of examplesIn(text, settings)) {
            const { feeds, close } = await openConnection(connection, {
                clock: systemClock,
                directory: '',
                secret: () => 'https://example.com/rest/1/abc/',
                onNote: () => {},
            });
            await close?.();
            const streams = [...new Set(feeds.flatMap((feed) => feed.streams))].sort();
            expect(streamsOf(connection).toSorted()).toEqual(streams);
            // A table says what is loaded in its first column; else the streams stand in the text.
            const [, rows = ''] =
                /\| (?:loads|stream) \| from \|\n\|[-|]+\n((?:\|[^\n]*\n)*)/.exec(text) ?? [];
            const cells = rows.split('\n').map((row) => row.split('|')[1] ?? '');
            const inTable = streamNames.filter((name) => cells.some((cell) => named(name, cell)));
            if (rows === '') expect(streams.filter((name) => !named(name, text))).toEqual([]);
            else expect(inTable.toSorted()).toEqual(streams);
        }
    },
);

it.each(pages.filter(({ settings }) => settings.version))(
    'the page of $system names the version that is asked for',
    ({ settings, text }) => {
        expect(text).toContain(settings.version?.default);
    },
);

it('the list of systems says which streams each feeds', () => {
    const list = readFileSync(join(projectRoot, 'pipelines/sources/README.md'), 'utf8');
    const listed = [
        ...list.matchAll(/^\| \[[^\]]+\]\(([^/]+)\/README\.md\) \|[^|]+\| ([^|]+) \|$/gm),
    ];
    const expected = pages.map(({ settings }) => [
        settings.system.replaceAll('_', '-'),
        settings.streamsOf ? 'whichever its tables are mapped to' : settings.streams.join(', '),
    ]);
    expect(Object.fromEntries(listed.map(([, folder, streams]) => [folder, streams]))).toEqual(
        Object.fromEntries(expected),
    );
});
