import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { columnsOf, text } from '../../pipelines/contracts/columns.ts';
import { rawTablesDdl } from '../../pipelines/contracts/ddl.ts';
import { opsTablesDdl } from '../../pipelines/contracts/ops-tables.ts';
import { streams } from '../../pipelines/contracts/registry.ts';
import { renderedFiles } from '../../pipelines/contracts/render.ts';
import { rules } from '../../pipelines/contracts/rules/registry.ts';
import { defineStream } from '../../pipelines/contracts/stream.ts';
import { toYaml } from '../../pipelines/contracts/yaml.ts';

const columns = [...streams, ...rules].flatMap((contract) =>
    contract.columns.map((column) => ({ where: contract.description, ...column })),
);

describe('contracts', () => {
    it('say which streams know days, as the models read what the loader knows of them', () => {
        const ofDays = streams.filter(({ columns, eventColumn }) =>
            columns.some(({ name, type }) => name === eventColumn && type === 'date'),
        );
        const macro = readFileSync('macros/stream_kinds.sql', 'utf8');
        const named = /macro day_streams\(\) -%\}\n +\((.*)\)\n\{%-/
            .exec(macro)?.[1]
            ?.match(/\w+/g);
        expect(named).toEqual(ofDays.map(({ name }) => name));
    });

    it('never hold money in a float', () => {
        const money = columns.filter(
            (column) => /_(amount|spend|payout)$/.test(column.name) || column.name === 'amount',
        );
        expect(money.length).toBeGreaterThan(5);
        for (const column of money) expect(column.type, column.name).toMatch(/^decimal\(/);
    });

    it('say what every column means, as a sentence', () => {
        for (const column of columns)
            expect(column.description, column.name).toMatch(/^[A-Z].*\.$/);
    });

    it('have names in snake case, unique by stream and file', () => {
        for (const contract of streams) expect(contract.name).toMatch(/^[a-z_]+$/);
        expect(new Set(streams.map((one) => one.name)).size).toBe(streams.length);
        expect(new Set(rules.map((one) => one.file.split('/').at(-1))).size).toBe(rules.length);
    });

    it('refuse a key that may be empty', () => {
        const declare = () =>
            defineStream({
                name: 'x',
                description: 'X.',
                key: ['id'],
                strategy: { kind: 'merge' },
                eventColumn: 'id',
                row: z.object({ id: text('Id.').nullable() }),
            });
        expect(declare).toThrow('id must be a required column');
    });

    it('refuse a column that is not made by the column functions', () => {
        expect(() => columnsOf(z.object({ id: z.string() }))).toThrow('id is not made by');
    });
});

describe('rendered files', () => {
    it.each(renderedFiles())('%s is what the contracts say', (path, content) => {
        expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(content);
    });

    it('quote what YAML would read as something else', () => {
        const words = [
            'plain words',
            'yes',
            "it's: #1",
            '- x',
            '2026-01-01',
            'true',
            '',
            'ends with: ',
        ];
        expect(toYaml({ words, none: [], nested: { a: 1, b: [{ c: true, d: 'x' }] } })).toBe(
            [
                'words:',
                '  - plain words',
                "  - 'yes'",
                '  - "it\'s: #1"',
                "  - '- x'",
                "  - '2026-01-01'",
                "  - 'true'",
                "  - ''",
                "  - 'ends with: '",
                'none: []',
                'nested:',
                '  a: 1',
                '  b:',
                '    - {c: true, d: x}',
                '',
            ].join('\n'),
        );
    });
});

describe('tables', () => {
    it('have no primary key, unique constraint or index', () => {
        for (const statement of [...rawTablesDdl(), ...opsTablesDdl()]) {
            expect(statement).not.toMatch(/primary key|unique|index/i);
        }
    });

    it('require exactly the required columns', () => {
        const ddl = rawTablesDdl().find((statement) => statement.includes('"payments"')) ?? '';
        expect(ddl).toMatch(/"net_amount" decimal\(18,2\) not null/);
        expect(ddl).toMatch(/"tax_amount" decimal\(18,2\),/);
    });
});
