import { describe, expect, it } from 'vitest';
import {
    type Cell,
    csvLines,
    jsonLines,
    trimDecimal,
} from '../../pipelines/export/export-format.ts';

const columns = [
    { name: 'label', kind: 'text' },
    { name: 'value', kind: 'number' },
    { name: 'is_final', kind: 'boolean' },
] as const;

async function* rows(...list: (readonly Cell[])[]) {
    yield* list;
}

const joined = async (lines: AsyncIterable<string>) => (await collect(lines)).join('');

describe('an export', () => {
    it('trims only zeros that say nothing', () => {
        expect(
            ['12.500', '3.00', '100', '0.000000', '-4.10', '1000', '0'].map(trimDecimal),
        ).toEqual(['12.5', '3', '100', '0', '-4.1', '1000', '0']);
    });

    it('keeps every digit of a number and null as null in JSON', async () => {
        const text = await joined(
            jsonLines(
                columns,
                rows(['a', '12345678901234567890.1234500', 'true'], [null, null, null]),
            ),
        );
        expect(JSON.parse(text)).toEqual({
            schema_version: 1,
            rows: [
                { label: 'a', value: '12345678901234567890.12345', is_final: true },
                { label: null, value: null, is_final: null },
            ],
        });
        expect(JSON.parse(await joined(jsonLines(columns, rows())))).toEqual({
            schema_version: 1,
            rows: [],
        });
    });

    it('disarms formulas in text cells of CSV and leaves negative numbers alone', async () => {
        const dangerous = ['=1+1', '+1', '-1', '@x', '\tx', 'a=1', 'say "hi", then'];
        const text = await joined(
            csvLines(columns, rows(...dangerous.map((one) => [one, '-5.50', 'false'] as const))),
        );
        expect(text.split('\n').slice(1, -1)).toEqual([
            "'=1+1,-5.5,false",
            "'+1,-5.5,false",
            "'-1,-5.5,false",
            "'@x,-5.5,false",
            "'\tx,-5.5,false",
            'a=1,-5.5,false',
            '"say ""hi"", then",-5.5,false',
        ]);
    });

    it('tells null from empty text in CSV', async () => {
        expect(await joined(csvLines(columns, rows([null, null, null], ['', null, null])))).toBe(
            'label,value,is_final\n,,\n"",,\n',
        );
    });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
    const list: Item[] = [];
    for await (const item of items) list.push(item);
    return list;
}
